resource "sagemaker_human_task_ui" "review" {
  human_task_ui_name = "review"

  ui_template {
    content = <<-HTML
      <script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
      <crowd-form>
        <crowd-classifier
          name="sentiment"
          categories="['positive', 'negative']"
          header="How does the writer feel?"
        >
          <classification-target>{{ task.input.text }}</classification-target>
        </crowd-classifier>
      </crowd-form>
    HTML
  }
}
