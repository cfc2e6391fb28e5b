using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using Zotify.Logging.Configuration;
using Zotify.Logging.SqlServer;
using Zotify.Logging.Tests.Database.SqlServer;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Deployment;

/// <summary>Checks of the composition that do not need to run it.</summary>
[TestClass]
public sealed partial class ComposeTests
{
    private static readonly Dictionary<object, object> Compose = Parse();

    [TestMethod]
    public void Services_start_one_after_the_other()
    {
        Assert.AreEqual("create-database:service_completed_successfully", DependsOn("migrate"));
        Assert.AreEqual("sqlserver:service_healthy", DependsOn("create-database"));
        Assert.AreEqual("migrate:service_completed_successfully", DependsOn("grant-roles"));
        Assert.AreEqual("grant-roles:service_completed_successfully", DependsOn("web-1"));
        Assert.AreEqual("web-1:service_healthy", DependsOn("web-2"));
        Assert.AreEqual("web-1:service_healthy web-2:service_healthy", DependsOn("proxy"));
        Assert.IsTrue(Service("sqlserver").ContainsKey("healthcheck"));
    }

    [TestMethod]
    public void The_instances_differ_in_name_and_directory_and_share_the_keys_of_their_sessions()
    {
        var (one, two) = (Environment("web-1"), Environment("web-2"));

        AssertOnlyDiffer(one, two, "Logging__Zotify__Instance", "Zotify__Sources__0__Name", "Zotify__Sources__0__Url");
        Assert.AreNotEqual(one["Logging__Zotify__Instance"], two["Logging__Zotify__Instance"]);
        Assert.AreEqual("web-1:/var/lib/zotify keys:/home/app/.aspnet/DataProtection-Keys", Volumes("web-1"));
        Assert.AreEqual("web-2:/var/lib/zotify keys:/home/app/.aspnet/DataProtection-Keys", Volumes("web-2"));
    }

    [TestMethod]
    [DataRow("web-1", "web-2")]
    [DataRow("web-2", "web-1")]
    public void Each_instance_reads_the_system_log_of_the_other(string service, string other)
    {
        var (own, others) = (Environment(service), Environment(other));
        Assert.AreEqual(others["Logging__Zotify__Instance"], own["Zotify__Sources__0__Name"]);
        Assert.AreEqual($"http://{other}:8080", own["Zotify__Sources__0__Url"]);
        var settings = own.ToDictionary(entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => (string?)entry.Value);
        var log = new LogSource("/var/lib/zotify", "s", "a", "j", own["Logging__Zotify__Instance"], IsSidecar: false);
        var source = SourceConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), log, "/").Merged.Single();
        Assert.AreEqual((other, $"http://{other}:8080/"), (source.Name, source.Url!.AbsoluteUri));
        Assert.Contains($"server {other}:8080 ", Repository.Read("docker/nginx.conf"));
        Assert.AreEqual("${ZOTIFY_SOURCE_KEY:?set it in .env}", own["Zotify__Sources__0__ApiKey"]);
        Assert.AreEqual("${ZOTIFY_SOURCE_KEY_SHA256:?set it in .env}", others["Zotify__Access__ApiKeys__1__Sha256"]);
        Assert.AreEqual("logs:system", others["Zotify__Access__ApiKeys__1__Scopes__0"]);
    }

    [TestMethod]
    public void The_instances_trust_the_proxys_network_and_it_sends_the_headers_that_they_read()
    {
        var network = (Dictionary<object, object>)((Dictionary<object, object>)Compose["networks"])["default"];
        var subnet = (Dictionary<object, object>)((List<object>)((Dictionary<object, object>)network["ipam"])["config"]).Single();
        Assert.AreEqual(subnet["subnet"], Environment("web-1")["Zotify__Access__Proxies__0"]);
        foreach (var header in (string[])["X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "X-Forwarded-Host $http_host"])
            Assert.Contains($"proxy_set_header {header};", Repository.Read("docker/nginx.conf"));
    }

    [TestMethod]
    [DataRow("web-1")]
    [DataRow("web-2")]
    [DataRow("migrate")]
    public void The_settings_are_valid_for_the_program(string service)
    {
        var settings = Environment(service).ToDictionary(
            entry => entry.Key.Replace("__", ":", StringComparison.Ordinal), entry => (string?)Variable().Replace(entry.Value, "Passw0rd"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

        Assert.IsEmpty(
            ConfigurationCheck.Find(configuration.GetSection("Logging:Zotify"), typeof(ZotifyLoggingOptions), "", "Handlers", "LogLevel"));
        var connection = SqlServerConnectionStrings.Parse(configuration["Logging:Zotify:Database:ConnectionString"]!).ConnectionString;
        Assert.Contains("Initial Catalog=zotify", connection);
    }

    [TestMethod]
    public void The_instances_log_in_with_fewer_rights_than_who_makes_the_tables()
    {
        Assert.Contains("User Id=sa;", Environment("migrate")["Logging__Zotify__Database__ConnectionString"]);
        Assert.Contains("User Id=zotify;", Environment("web-1")["Logging__Zotify__Database__ConnectionString"]);
        var script = Repository.Read("docker/create-database.sql");
        foreach (var batch in SqlServerMigration.Batches(script)) TransactSql.AssertParses(batch);
        Assert.DoesNotContain("GRANT ", script, "the roles have the rights");
        Assert.DoesNotContain("db_owner", script);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task A_quote_in_the_password_is_doubled_for_the_script()
    {
        // Instead of the image's.
        using var folder = new TemporaryFolder();
        var sqlcmd = folder.PathOf("sqlcmd");
        await File.WriteAllTextAsync(sqlcmd, "#!/bin/bash\necho \"$ZOTIFY_DB_PASSWORD $*\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(sqlcmd, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("bash", [Repository.PathOf("docker/create-database.sh")]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder.Path}:{start.Environment["PATH"]}";
        start.Environment["ZOTIFY_DB_PASSWORD"] = "it's \\ & '1'";
        using var process = Process.Start(start)!;

        var output = await process.StandardOutput.ReadToEndAsync();

        Assert.AreEqual($"{Doubled("it's \\ & '1'")} -C -S sqlserver -U sa -b -i /create-database.sql\n", output);
    }

    /// <summary>A password as it is within a text of a script.</summary>
    internal static string Doubled(string password) => password.Replace("'", "''", StringComparison.Ordinal);

    [TestMethod]
    public void The_roles_are_those_that_the_program_prints()
    {
        using var engine = new SqlServerEngine(
            new DatabaseOptions { ConnectionString = "Server=nowhere;Database=zotify" }, new Zotify.Logging.Database.ConnectionTap());
        var roles = engine.RolesScript()!;

        foreach (var batch in SqlServerMigration.Batches(roles)) TransactSql.AssertParses(batch);
        const string file = "docker/roles.sql";
        if (System.Environment.GetEnvironmentVariable("ZOTIFY_APPROVE") is "1") File.WriteAllText(Repository.PathOf(file), roles);
        Assert.AreEqual(Repository.Read(file), roles, "Set ZOTIFY_APPROVE=1 for one run to approve the change.");
    }

    [TestMethod]
    public void Every_secret_comes_from_the_environment_file_and_none_is_in_the_repository()
    {
        var example = Repository.Read(".env.example");
        var used = Variable()
            .Matches(Repository.Read("docker-compose.yml")).Select(match => match.Groups["name"].Value).Distinct()
            .Order(StringComparer.Ordinal);
        var given = EnvironmentLine().Matches(example).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);

        CollectionAssert.AreEqual(given.ToArray(), used.ToArray());
        Assert.IsTrue(EnvironmentLine().Matches(example).All(match => match.Groups["value"].Value.Length == 0));
        Assert.Contains(".env", Repository.Read(".gitignore").Split('\n'));
    }

    [TestMethod]
    public async Task Docker_itself_accepts_the_composition()
    {
        var (hasCompose, version) = await RunDockerAsync("compose", "version");
        if (!hasCompose) Assert.Inconclusive($"There is no docker compose here: {version}");
        var (isValid, error) = await RunDockerAsync(
            "compose", "--env-file", Repository.PathOf(".env.example"), "-f", Repository.PathOf("docker-compose.yml"), "config", "--quiet",
            "--no-interpolate");
        Assert.IsTrue(isValid, error);
    }

    [TestMethod]
    public void Mounted_paths_exist_or_are_declared()
    {
        var declared = ((Dictionary<object, object>)Compose["volumes"]).Keys.Cast<string>().ToArray();
        foreach (var service in Services.Keys.Cast<string>())
        {
            foreach (var source in Volumes(service)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(volume => volume.Split(':')[0]))
            {
                if (source.StartsWith('.')) Assert.IsTrue(File.Exists(Repository.PathOf(source)), source);
                else Assert.Contains(source, declared);
            }
        }
    }

    private static async Task<(bool Succeeds, string Error)> RunDockerAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode == 0, error.Trim());
        }
        catch (Win32Exception exception)
        {
            return (false, exception.Message);
        }
    }

    private static Dictionary<object, object> Services => (Dictionary<object, object>)Compose["services"];

    private static Dictionary<object, object> Parse()
    {
        using var text = new StringReader(Repository.Read("docker-compose.yml"));
        return (Dictionary<object, object>)new DeserializerBuilder().Build().Deserialize(new MergingParser(new Parser(text)))!;
    }

    private static Dictionary<object, object> Service(string name) => (Dictionary<object, object>)Services[name];

    private static string DependsOn(string service) => string.Join(
        ' ', ((Dictionary<object, object>)Service(service)["depends_on"])
            .Select(on => $"{on.Key}:{((Dictionary<object, object>)on.Value)["condition"]}"));

    private static string Volumes(string service) =>
        Service(service).TryGetValue("volumes", out var volumes) ? string.Join(' ', ((List<object>)volumes).Cast<string>()) : "";

    private static Dictionary<string, string> Environment(string service) =>
        ((Dictionary<object, object>)Service(service)["environment"])
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value);

    private static void AssertOnlyDiffer(Dictionary<string, string> one, Dictionary<string, string> other, params string[] keys)
    {
        CollectionAssert.AreEquivalent(one.Keys, other.Keys);
        CollectionAssert.AreEquivalent(keys, one.Keys.Where(name => one[name] != other[name]).ToArray());
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):\?[^}]*\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<name>[A-Z_0-9]+)=(?<value>.*)$", RegexOptions.Multiline)]
    private static partial Regex EnvironmentLine();
}
