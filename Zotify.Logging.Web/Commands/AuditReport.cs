using System.Globalization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Web.Commands;

/// <summary>Prints a verification for people: the result first, then the reasons.</summary>
internal static class AuditReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">What was verified.</param>
    /// <param name="output">Gets the report.</param>
    public static async Task WriteAsync(AuditVerification result, string path, TextWriter output)
    {
        await output.WriteLineAsync($"{result.Status.ToString().ToUpperInvariant()}  {path}");
        await WriteAsync(output, "files", result.Files == AuditFilesStatus.Valid
            ? "valid"
            : $"{Name(result.Files)}: {result.Reason} ({result.File ?? "no file"})");
        await WriteAsync(output, "rows", result.RowsReason is { } reason ? $"{Name(result.Rows)}: {reason}" : Name(result.Rows));
        if (result is { FirstBadRow: not null, FirstBadCount: { } count })
            await WriteAsync(output, "counts", $"wrong from {count.EventType} in the hour {count.Hour} on");
        await WriteAsync(output, "lines", result.FirstSeq is null
            ? "none"
            : Text($"{result.Checked} verified, {result.FirstSeq} to {result.LastSeq}; the last in {result.File}"));
        if (result.LastHash is { } hash) await WriteAsync(output, "last hash", hash);
        await WriteAsync(output, "start", Start(result));
        await WriteAsync(output, "signed", result.SignedFrom is { } from
            ? Text($"from line {from} on")
            : "no line: anybody who can write the files can rewrite them, and only the database shows it");
        if (result.VoidLines > 0)
            await WriteAsync(output, "void", Text($"{result.VoidLines} lines, written again in the next file after a failed flush"));
        if (result.UnfinishedBytes > 0)
        {
            await WriteAsync(
                output,
                "unfinished",
                Text($"{result.UnfinishedBytes} bytes at the end of files, of lines that were being written or torn"));
        }

        await WriteAsync(output, "database", Database(result.Database));
    }

    /// <summary>
    /// Adds that the end is not proven, for files that nobody appends to: segments that are missing there leave no gap behind.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Gets the report.</param>
    public static Task WriteEndAsync(AuditVerification result, TextWriter output) => WriteAsync(
        output,
        "end",
        Text($"not proven: later segments may be missing. Compare line {result.LastSeq} with the writer's files or its database"));

    private static string Start(AuditVerification result) => (result.FirstSeq, result.Anchored) switch
    {
        (null or 1, _) => "the beginning of the log",
        (_, true) => "proven: audit.pruned accounts for the lines before it",
        _ => Text($"not proven: nothing is known of the lines before line {result.FirstSeq}"),
    };

    private static string Database(AuditWitness? witness) => witness switch
    {
        null => "not read",
        { Unavailable: { } reason } => $"could not be read: {reason}",
        _ => Text($"{witness.Checked} events compared")
            + (witness.ThroughSeq is { } seq ? Text($", it has the log up to line {seq}") : ", it does not have this log")
            + (witness.SetAside > 0 ? Text($"; {witness.SetAside} lines were set aside in the file .rejected") : "")
            + (witness.EarlierJournals > 0
                ? Text($"; it also has {witness.EarlierJournals} earlier logs of this writer, which are not in these files")
                : "")
            + (witness.OtherRows > 0 ? Text($"; {witness.OtherRows} events of other logs, which only their own writers can prove") : ""),
    };

    private static string Name<T>(T status)
        where T : struct, Enum => status.ToString().ToLowerInvariant();

    private static Task WriteAsync(TextWriter output, string name, string text) => output.WriteLineAsync($"  {name,-10} {text}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
