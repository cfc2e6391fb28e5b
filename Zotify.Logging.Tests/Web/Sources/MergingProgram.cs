using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Zotify.Logging.Tests.Support.Children;
using Zotify.Logging.Tests.Web.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>The web project as a process that merges the directories of writers; it can be killed and started again.</summary>
/// <param name="folder">The folder that has everything.</param>
/// <param name="writers">How many writers there are.</param>
internal sealed class MergingProgram(string folder, int writers) : IAsyncDisposable
{
    private ChildProcess? _process;
    private volatile string _url = "http://127.0.0.1:1";

    /// <summary>Its address at the moment.</summary>
    public string Url => _url;

    /// <summary>The most memory that it ever had, in MiB.</summary>
    public long PeakMegabytes { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] settings =
        [
            "urls=http://127.0.0.1:0", $"contentRoot={Directory.CreateDirectory(Path.Combine(folder, "merging")).FullName}",
            "environment=Development", "Logging:Zotify:Database:Provider=None", "Logging:Zotify:Instance=merging",
            "Logging:LogLevel:Default=None", "Zotify:Demo:Enabled=false",
            "Zotify:Access:ApiKeys:0:Name=test", "Zotify:Access:ApiKeys:0:Scopes:0=logs:system",
            $"Zotify:Access:ApiKeys:0:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(TestServer.AllKey)))}",
            .. Enumerable.Range(0, writers).SelectMany(i => (string[])[
                $"Zotify:Sources:{i}:Name=writer-{i}", $"Zotify:Sources:{i}:Directory={Path.Combine(folder, $"writer-{i}")}"]),
        ];
        // As the program's own project sets it: the tests' process would take more memory between two collections, and for its code.
        string[] runtime =
        [
            "env", "DOTNET_GCGen0MaxBudget=200000", "DOTNET_GCConserveMemory=7", "DOTNET_TieredPGO=0", "DOTNET_TC_CallCountThreshold=3E8",
        ];
        _process = ChildProcess.RunThrough<WebInstance>(runtime, folder, [.. settings.Select(setting => $"--{setting}")]);
        _url = await _process.ReadLineAsync(cancellationToken);
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        NoteMemory();
        await _process!.KillAsync(cancellationToken);
        await _process.DisposeAsync();
    }

    /// <summary>Notes the most memory that the process had.</summary>
    public void NoteMemory()
    {
        using var process = Process.GetProcessById(_process!.Id);
        PeakMegabytes = Math.Max(PeakMegabytes, process.PeakWorkingSet64 / 1024 / 1024);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}
