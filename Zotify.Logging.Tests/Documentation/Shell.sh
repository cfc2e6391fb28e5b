# What the blocks of the documents run in: ShellBlockTests puts it before the blocks of each document.
set -euo pipefail
trap 'echo "failed: $BASH_COMMAND" >&2' ERR

# A status of 400 and above is a failure. A program, and no function: the end of a background curl is to end curl.
mkdir -p "$ROOT/bin"
printf '#!/bin/sh\nexec "%s" --fail-with-body "$@"\n' "$(command -v curl)" >"$ROOT/bin/curl"
chmod +x "$ROOT/bin/curl"
PATH=$ROOT/bin:$PATH

# A program that is not installed here cannot be run: its block is only read.
command -v sqlite3 >/dev/null || sqlite3() { :; }

# What no test can run, and why.
docker() { :; }          # needs images from a registry: ComposeTests and DockerfileTests check what it gets
journalctl() { :; }      # needs a service that runs under systemd
Zotify.Logging.Web() { :; }    # reads a storage that speaks S3: the tests of Zotify.Logging.S3 do that

# The program as it was built, in the folder where "dotnet run" would run it.
program() {
  case "$1 ${2:-}" in
    "database copy") ;;                                    # needs a SQL Server: CopyCommandTests runs it
    # A script is printed without a server.
    "database script") (cd "$SERVED" && command dotnet exec "$PROGRAM" "$@" \
      --Logging:Zotify:Database:Provider=SqlServer "--Logging:Zotify:Database:ConnectionString=Server=db;Database=zotify") ;;
    "database "*) (cd "$SERVED" && command dotnet exec "$PROGRAM" "$@") ;;
    --*) serve "$@" ;;
    *) (cd "$ROOT/Zotify.Logging.Web" && command dotnet exec "$PROGRAM" "$@") ;;
  esac
}

# Settings alone start the program: it is stopped once it listens.
serve() {
  # The one before it has written there that it listens.
  : >"$SERVED/output"
  (cd "$SERVED" && exec dotnet exec "$PROGRAM" "$@" --urls=http://127.0.0.1:0) >"$SERVED/output" 2>&1 &
  local started=$!
  until grep -q "Now listening" "$SERVED/output"; do
    kill -0 $started 2>/dev/null || { cat "$SERVED/output" >&2; return 1; }
    sleep 0.1
  done
  kill $started
  wait $started
}

dotnet() {
  case "$*" in
    "run --project Zotify.Logging.Web") ;;                 # it runs: the curl lines talk to it
    "run --project Zotify.Logging.Web -- "*) shift 4; program "$@" ;;
    "run --project Zotify.Logging.Web --no-build -- "*) shift 5; program "$@" ;;
    "Zotify.Logging.Web.dll "*) shift; program "$@" ;;
    "run --project Zotify.Logging.Tests -- child "*) ;;    # CommandTests: the scenario exists
    "run -c Release --project Zotify.Logging.Tests -- child "*) ;;
    "run -c Release --project Zotify.Logging.Benchmarks"*) ;;       # CommandTests: the measures exist
    "run --project samples/"*) ;;                          # SampleTests
    "new "* | "add "* | "pack"* | "nuget add source"*) ;;  # TemplateTests runs them with the packages
    "test"* | "build "* | "exec artifacts/"* | "publish Zotify.Logging.Web"*) ;;    # CI itself, LowestVersionsTests, DockerfileStepsTests
    "ef migrations add "*) ;;                              # SqlServerSchemaTests: no change of the model is without a migration
    *) echo "Shell.sh has no rule for: dotnet $*" >&2; return 1 ;;
  esac
}
