terraform import sagemaker_edge_packaging_job.faces faces-2026-11
