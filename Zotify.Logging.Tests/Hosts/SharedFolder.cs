using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>A folder whose log directory several containers and hosts of the test's process use at once.</summary>
internal sealed class SharedFolder : IDisposable
{
    private static readonly Regex Counted = new("Number ([0-9]+) of j1");

    private readonly TemporaryFolder _folder = new();

    /// <summary>The stderr of the containers.</summary>
    public StringWriter Stderr { get; } = new();

    public string Root => _folder.Path;

    public string Directory => _folder.PathOf("logs");

    public bool Exists => global::System.IO.Directory.Exists(Directory);

    public string[] SystemLines => Lines("zotify_api.log");

    /// <summary>The lines of the audit log, over all its files.</summary>
    public string[] AuditLines => !Exists ? [] : [.. new AuditFiles(Directory).Paths.SelectMany(path => Lines(Path.GetFileName(path)))];

    public string[] JobLines => Lines("job_logs.json");

    /// <summary>The numbers that <see cref="LogAll"/> and <see cref="RandomHosts"/> logged, as the system log has them.</summary>
    public int[] SystemNumbers => [.. SystemLines.SelectMany(line => Counted.Matches(line)).Select(NumberOf)];

    /// <summary>The same numbers of the audit log.</summary>
    public int[] AuditNumbers => [.. AuditLines.SelectMany(line => Counted.Matches(line)).Select(NumberOf)];

    /// <summary>The same numbers of the job journal.</summary>
    public int[] JobNumbers => [.. JobLines.SelectMany(line => Counted.Matches(line)).Select(NumberOf)];

    /// <summary>The event types of the audit log, in order.</summary>
    public string[] EventTypes =>
        [.. AuditLines.Select(line => JsonElement.Parse(line).GetProperty("event_type").GetString()!)];

    public string PathOf(string name) => Path.Combine(Directory, name);

    /// <summary>A host in the folder; the folder stays.</summary>
    public TestHost Host(params (string Key, string? Value)[] settings) => TestHost.In(new DirectoryInfo(Root), settings);

    /// <summary>A host in the folder with more than <c>AddZotify()</c>.</summary>
    public TestHost Host(Action<ILoggingBuilder> logging) => TestHost.In(new DirectoryInfo(Root), logging);

    /// <summary>A container without a host that logs into the same directory.</summary>
    public ServiceProvider Container(Action<ZotifyLoggingOptions>? configure = null, string? directory = null) =>
        new ServiceCollection().AddLogging(logging =>
        {
            logging.AddZotify(options =>
            {
                options.Directory = directory ?? Directory;
                configure?.Invoke(options);
            });
            logging.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(Stderr)));
        }).BuildServiceProvider();

    /// <summary>Whether nobody holds the lock: it is taken and freed.</summary>
    public bool IsFree()
    {
        using var directory = new LogDirectory(Directory, "somebody else", TimeProvider.System);
        try
        {
            directory.Open();
            return true;
        }
        catch (LogDirectoryException)
        {
            return false;
        }
    }

    public long Scalar(string sql) => DatabaseFile.Scalar(PathOf("zotify.db"), sql);

    /// <summary>Asserts that the chain is whole, and that the database has each line of both journals once.</summary>
    public void AssertWhole()
    {
        Chain.AssertWhole(AuditLines, firstSeq: 1);
        Assert.AreEqual(AuditLines.Length, Scalar("SELECT COUNT(*) FROM audit_events"));
        Assert.AreEqual(JobLines.Length, Scalar("SELECT COUNT(*) FROM job_logs"));
        Assert.AreEqual(AuditLines.Length, Scalar("SELECT COUNT(DISTINCT seq) FROM audit_events"));
        Assert.AreEqual(JobLines.Length, Scalar("SELECT COUNT(DISTINCT seq) FROM job_logs"));
    }

    /// <summary>Logs one record that all three handlers accept.</summary>
    public static void LogAll(IServiceProvider services, int number) =>
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation(
            new EventId(1, "user.counted"), "Number {number} of {job_id}", number.ToString(CultureInfo.InvariantCulture), "j1");

    public void Dispose() => _folder.Dispose();

    private static int NumberOf(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private string[] Lines(string name) => File.Exists(PathOf(name)) ? LiveFile.Lines(PathOf(name)) : [];
}
