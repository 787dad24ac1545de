"""Foreign catalogs to ours."""
