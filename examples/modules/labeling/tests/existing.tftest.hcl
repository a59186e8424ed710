# Runs the module with a workforce that exists already.

provider "sagemaker" {
  region     = "us-east-1"
  access_key = "test"
  secret_key = "test"
}

variables {
  workforce = { name = "shared" }
  teams     = { reviewers = { description = "Reviews texts.", groups = ["reviewers"] } }

  # Not used here, but an ephemeral variable of a test cannot be null.
  oidc_client_secret = "-"
}

run "somebody_else_has_created_the_workforce" {
  module {
    source = "./tests/workforce"
  }
}

run "adds_a_team_to_it" {
  assert {
    condition     = length(sagemaker_workforce.this) == 0
    error_message = "The module manages a workforce."
  }

  assert {
    condition     = sagemaker_workteam.this["reviewers"].member_definition[0].cognito_member_definition[0].user_pool == "us-east-1_abcdefghi"
    error_message = "The team is not of the user pool of the workforce."
  }

  assert {
    condition     = output.workforce_name == "shared" && output.portal_url != "https://"
    error_message = "The workforce is ${output.workforce_name}, at ${output.portal_url}."
  }
}
