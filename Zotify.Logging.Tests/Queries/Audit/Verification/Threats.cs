using System.Text;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Journal;
using Zotify.Logging.Tests.Journal.Verification;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>Changes that somebody may make to an audit log: the rows of the table in docs/audit.md.</summary>
internal static class Threats
{
    /// <summary>By the name of the row.</summary>
    public static IReadOnlyDictionary<string, Func<AuditScene, Task>> All { get; } = new Dictionary<string, Func<AuditScene, Task>>
    {
        ["F1"] = scene => Do(() => Edit(scene, 5, line => line.Replace("u42", "u43", StringComparison.Ordinal))),
        ["F2"] = scene => Do(() => WriteFirst(scene, lines => [.. lines[..2], .. lines[3..]])),
        ["F3"] = scene => Do(() => scene.Files.CutAfter((int)scene.Last - 2)),
        ["F4"] = scene => Do(() => DeleteFiles(scene)),
        ["F5"] = scene => Do(() => File.Delete(scene.Files.Paths[0])),
        ["F6"] = scene => Do(() => scene.Files.Rewrite(5, ToWarning)),
        ["F7"] = scene => Do(() => File.AppendAllText(scene.Files.Paths[0], "{}\n")),
        ["F8"] = scene => Do(() => AddLine(scene)),
        ["F9"] = scene => Do(() => WriteAnotherLog(scene)),
        ["F10"] = scene => Do(() => Unask(scene, () => scene.Files.Rewrite(5, ToWarning))),
        ["R1"] = scene => Do(() => scene.Execute("UPDATE audit_events SET user_id = 'u43' WHERE seq = 5")),
        ["R2"] = scene => Do(() => scene.Execute("DELETE FROM audit_events WHERE seq = 5")),
        ["R3"] = scene => Do(() => scene.Execute(
            "INSERT INTO audit_events (journal_id, seq, id, timestamp, event_type, level, category, instance) SELECT journal_id, 900, id, timestamp, event_type, level, category, instance FROM audit_events WHERE seq = 5")),
        ["R4"] = scene => Do(() => scene.Execute("UPDATE audit_counts SET count = count + 1 WHERE event_type = 'user.login'")),
        ["R5"] = scene => Do(() => scene.Execute($"UPDATE journals SET seq = 3 WHERE name = '{AuditFiles.Name}'")),
        ["R6"] = scene => Do(() => scene.Execute(
            $"UPDATE audit_events SET hash = substr(hash, 2) || 'A', level = 'Warning' WHERE seq >= 5; UPDATE journals SET hash = 'x' || substr(hash, 2) WHERE name = '{AuditFiles.Name}'")),
        ["R7"] = scene => Do(() => DeleteRowsAfter(scene, scene.Last - 2)),
        ["R8"] = scene => Do(() => scene.Execute("DELETE FROM audit_events; DELETE FROM audit_counts; DELETE FROM journals")),
        ["B1"] = scene => Do(() => RewriteBoth(scene)),
        ["B2"] = scene => Do(() => CutBoth(scene)),
        ["B3"] = scene => Do(() => DeleteStartOfBoth(scene)),
        ["L1"] = scene => scene.RunAgainAsync(2, TimeSpan.FromDays(1), host => LogPruning(host, scene)),
        ["L2"] = async scene =>
        {
            await scene.RunAgainAsync(2, TimeSpan.FromDays(1), host => LogPruning(host, scene));
            DeleteStartOfBoth(scene);
        },
        ["C1"] = scene => WipeAsync(scene),
        ["C2"] = scene => scene.RunAgainAsync(2, TimeSpan.FromDays(40)),
    };

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static string ToWarning(string line) => line.Replace("Information", "Warning", StringComparison.Ordinal);

    private static void Edit(AuditScene scene, int number, Func<string, string> change)
    {
        foreach (var path in scene.Files.Paths)
            File.WriteAllLines(path, File.ReadAllLines(path).Select(line => AuditScene.NumberOf(line) == number ? change(line) : line));
    }

    private static void WriteFirst(AuditScene scene, Func<string[], string[]> change) =>
        File.WriteAllLines(scene.Files.Paths[0], change(File.ReadAllLines(scene.Files.Paths[0])));

    private static void DeleteFiles(AuditScene scene)
    {
        foreach (var path in scene.Files.Paths) File.Delete(path);
    }

    private static void AddLine(AuditScene scene)
    {
        var last = scene.Files.Lines[^1];
        var content = Forger.Content(last).Replace($"\"seq\":{scene.Last}", $"\"seq\":{scene.Last + 1}", StringComparison.Ordinal);
        File.AppendAllText(scene.Files.Active, Forger.Seal([content], Forger.HashOf(last))[0] + "\n");
    }

    private static void WriteAnotherLog(AuditScene scene)
    {
        scene.Files.Rewrite(1, line => ToWarning(line).Replace("\"id\":\"0", "\"id\":\"1", StringComparison.Ordinal));
        File.WriteAllText(scene.Files.IdFile, "00000000-0000-7000-8000-000000000000\n");
    }

    private static void Unask(AuditScene scene, Action change)
    {
        change();
        File.Delete(scene.DatabasePath);
    }

    private static void DeleteRowsAfter(AuditScene scene, long seq)
    {
        var hash = JournalLine.Hash(Encoding.UTF8.GetBytes(scene.Files.Lines[seq - scene.First]));
        scene.Execute(
            $"""
            UPDATE audit_counts SET count = count - (SELECT COUNT(*) FROM audit_events AS e
              WHERE e.seq > {seq} AND e.event_type = audit_counts.event_type AND substr(e.timestamp, 1, 13) = substr(audit_counts.hour, 1, 13));
            DELETE FROM audit_counts WHERE count = 0;
            DELETE FROM audit_events WHERE seq > {seq};
            UPDATE journals SET seq = {seq}, hash = '{hash}' WHERE name = '{AuditFiles.Name}';
            """);
    }

    private static void RewriteBoth(AuditScene scene)
    {
        scene.Files.Rewrite(5, line => line.Replace("u42", "u43", StringComparison.Ordinal));
        foreach (var line in scene.Files.Lines.Skip(4))
            scene.Execute(
                $"UPDATE audit_events SET hash = '{line[^45..^2]}', key_id = NULL, user_id = replace(user_id, 'u42', 'u43'), message = replace(message, 'u42', 'u43') WHERE seq = {AuditScene.NumberOf(line)}");
        scene.Execute(
            $"UPDATE journals SET hash = '{JournalLine.Hash(Encoding.UTF8.GetBytes(scene.Files.Lines[^1]))}' WHERE name = '{AuditFiles.Name}'");
    }

    private static void CutBoth(AuditScene scene)
    {
        scene.Files.CutAfter((int)scene.Last - 2);
        DeleteRowsAfter(scene, scene.Last);
    }

    private static void DeleteStartOfBoth(AuditScene scene)
    {
        File.Delete(scene.Files.Paths[0]);
        scene.Execute(
            $"""
            UPDATE audit_counts SET count = count - (SELECT COUNT(*) FROM audit_events AS e
              WHERE e.seq < {scene.First} AND e.event_type = audit_counts.event_type AND substr(e.timestamp, 1, 13) = substr(audit_counts.hour, 1, 13));
            DELETE FROM audit_counts WHERE count = 0;
            DELETE FROM audit_events WHERE seq < {scene.First};
            """);
    }

    /// <summary>Logs the event that retention would log, about the first file.</summary>
    private static void LogPruning(TestHost host, AuditScene scene)
    {
        var last = File.ReadAllLines(scene.Files.Paths[0])[^1];
        host.Logger("Zotify.Logging").LogInformation(
            new EventId(9004, "audit.pruned"), "The lines through {through_seq} are beyond retention, {through_hash}",
            AuditScene.NumberOf(last), last[^45..^2]);
    }

    private static async Task WipeAsync(AuditScene scene)
    {
        DeleteFiles(scene);
        File.Delete(scene.Files.IdFile);
        // The first run began at this time, too, and lasted hours: the clock is slow.
        await scene.RunAgainAsync(2, TimeSpan.Zero);
    }
}
