using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Faults;

/// <summary>
/// Starts the program again on the directory after a fault, and proves that nothing acknowledged was lost or doubled, and that verification
/// is right.
/// </summary>
/// <param name="folder">The case's folder, with its copies.</param>
/// <param name="acknowledged">The acknowledged numbers.</param>
/// <param name="random">Chooses the tampering.</param>
internal sealed class Aftermath(CaseFolder folder, Acknowledgements acknowledged, Random random)
{
    private readonly List<string> _problems = [];

    /// <summary>The broken promises; empty where there are none.</summary>
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder.Logs))
        {
            Require(acknowledged.Events.Count == 0, "the log directory is gone");
            return _problems;
        }

        await VerifyAsync("as the fault left it", isValid: true, cancellationToken);
        folder.KeepCopy();
        await RestartAsync(cancellationToken);
        folder.KeepCopy();
        var lines = LinesOfCopies();
        var pruned = RequireEvents(lines);
        var rows = new ProjectedRows(Path.Combine(folder.Logs, "zotify.db"));
        rows.Check(lines, pruned, acknowledged.Entries, Require);
        var result = await VerifyAsync("after the restart", isValid: true, cancellationToken);
        Require(result.Database is { ThroughSeq: not null, Unavailable: null }, $"the database was not asked: {result.Database}");
        if (_problems.Count > 0 || Tampering.Do(folder.Logs, random) is not { } tampered) return _problems;
        await VerifyAsync(tampered, isValid: false, cancellationToken);
        return _problems;
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        var stderr = new StringWriter();
        try
        {
            var diagnostics = new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(stderr));
            using var host = FaultedRuns.Build(folder.Path, logging => logging.Services.AddSingleton(diagnostics));
            await host.StartAsync(cancellationToken);
            await host.Services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, cancellationToken);
            await host.StopAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Require(false, $"the program does not start again: {exception.Message} {stderr}");
        }
    }

    private async Task<AuditVerification> VerifyAsync(string when, bool isValid, CancellationToken cancellationToken)
    {
        await using var reader = FaultedRuns.BuildReader(folder.Path);
        var result = await reader.GetRequiredService<AuditVerifier>().VerifyWrittenAsync(cancellationToken);
        var isFound = result is { Status: AuditVerificationStatus.Valid, Anchored: true };
        Require(isFound == isValid, $"{when}, verification reports {result.Status}, anchored {result.Anchored}: {result.Reason}");
        return result;
    }

    /// <summary>All lines that the journal ever had, in order; each is the same in every copy.</summary>
    private List<string> LinesOfCopies()
    {
        var lines = new SortedDictionary<long, string>();
        foreach (var (seq, line) in folder.Copies.SelectMany(copy => copy.Lines))
        {
            if (!lines.TryAdd(seq, line)) Require(lines[seq] == line, $"line {seq} was written again with another text");
        }

        return [.. lines.Values];
    }

    /// <returns>The number through which lines were pruned, according to an event.</returns>
    private long RequireEvents(List<string> lines)
    {
        try
        {
            Chain.AssertWhole(lines, firstSeq: 1);
        }
        catch (AssertFailedException exception)
        {
            Require(false, $"the chain: {exception.Message}");
        }

        var events = lines.Select(line => JsonElement.Parse(line)).ToList();
        var numbers = events.Where(e => e.GetProperty("event_type").GetString() == "user.login")
            .Select(e => e.GetProperty("details").GetProperty("n").GetInt32()).ToList();
        Require(numbers.Distinct().Count() == numbers.Count, "an event is in the files twice");
        var lost = acknowledged.Events.Except(numbers).ToList();
        Require(lost.Count == 0, $"{lost.Count} acknowledged events are in no file: {string.Join(", ", lost.Take(5))}");
        var pruned = events.Where(e => e.GetProperty("event_type").GetString() == "audit.pruned")
            .Select(e => e.GetProperty("details").GetProperty("through_seq").GetInt64()).DefaultIfEmpty().Max();
        var first = folder.Copies[^1].FirstSeq;
        Require(first <= pruned + 1, $"the files begin at line {first}, and through {pruned} was pruned");
        return pruned;
    }

    private void Require(bool condition, string problem)
    {
        if (!condition) _problems.Add(problem);
    }
}
