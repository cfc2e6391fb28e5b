using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Retention;

namespace Zotify.Logging.Tests.Database.Projection.Identity;

/// <summary>
/// A directory is copied with its id, and both are written over one database: no line is lost or doubled, whichever comes first.
/// </summary>
public abstract class CopiedDirectoryContract : IdentityContract
{
    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task The_later_copy_continues_as_a_journal_of_its_own(JournalKind kind)
    {
        var one = await ProjectedAsync(kind);
        one.End();
        var other = Copy(one, "copy");
        await using var first = one.Start(Database, time: Time);
        await using var second = other.Start(Store.Open(), time: Time);
        await Task.WhenAll(first.CatchUpAsync(5, Cancellation), second.CatchUpAsync(5, Cancellation));
        var id = one.Journal.Id;
        Assert.AreEqual(id, other.Journal.Id);

        one.Append("a");
        await first.CatchUpAsync(6, Cancellation);
        // Its own line has the number that the database already has.
        other.Append("b");
        await second.CatchUpAsync(6, Cancellation);
        other.Append("c");
        one.Append("d");
        await Task.WhenAll(first.CatchUpAsync(7, Cancellation), second.CatchUpAsync(7, Cancellation));

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "a", "b", "c", "d");
        Assert.AreEqual(id, one.StoredId());
        Assert.AreNotEqual(id, other.StoredId());
        Assert.Contains("a copy of its directory is written as well", Reported().Single());
        Assert.Contains("has its lines up to 5. Later lines are projected as a new journal", Reported().Single());
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task Every_order_of_appends_and_projections_gives_every_line_one_row(JournalKind kind)
    {
        var orders = Orders(3, 3).ToList();
        Assert.HasCount(20, orders);
        var every = Store.Every(3);
        foreach (var (order, i) in orders.Select((order, i) => (order, i)).Where(it => it.i % every == (int)kind % every))
        {
            // Two lines are not projected when the directory is copied: both have them.
            var one = NewDirectory(kind, $"{i}-one");
            one.Append($"{i}-1", $"{i}-2", $"{i}-3");
            await one.ProjectAsync(Database, Cancellation);
            one.Append($"{i}-4", $"{i}-5");
            one.End();
            var directories = new[] { one, Copy(one, $"{i}-copy") };
            var projectors = directories.Select(directory => directory.Start(Database, time: Time)).ToArray();
            var steps = new int[2];
            foreach (var at in order)
            {
                // In turn: it appends, is projected, and appends once more.
                if (steps[at]++ % 2 == 0) directories[at].Append($"{i}-{at}-{steps[at]}");
                else await projectors[at].CatchUpAsync(directories[at].Journal.DurableSeq, Cancellation);
            }

            foreach (var at in (int[])[0, 1])
            {
                await projectors[at].CatchUpAsync(directories[at].Journal.DurableSeq, Cancellation);
                await projectors[at].DisposeAsync();
            }

            var expected = directories.SelectMany(directory => directory.Messages).Distinct().Order(StringComparer.Ordinal);
            var rows = (await RowsAsync(kind)).Where(row => row.StartsWith($"{i}-", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            Assert.AreEqual(string.Join(' ', expected), string.Join(' ', rows), string.Join(' ', order));
            directories[0].End();
            directories[1].End();
        }
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task Three_copies_that_share_lines_which_are_in_no_database_yet_project_them_once(JournalKind kind)
    {
        var one = await ProjectedAsync(kind);
        one.Append("6", "7");
        one.End();
        var copies = new[] { Copy(one, "copy-1"), Copy(one, "copy-2") };
        // The rest that is cut off here was projected from a fourth copy.
        one.Cut(1);
        one.Append("a");
        await one.ProjectAsync(Database, Cancellation);

        foreach (var (copy, i) in copies.Select((copy, i) => (copy, i))) copy.Append($"b{i}");
        await Task.WhenAll(copies.Select(copy => copy.ProjectAsync(Store.Open(), Cancellation)));

        await AssertRowsAsync(kind, "1", "2", "3", "4", "5", "6", "7", "a", "b0", "b1");
    }

    [TestMethod]
    [DataRow(JournalKind.Audit)]
    [DataRow(JournalKind.Jobs)]
    public async Task A_copy_without_the_id_and_its_original_project_once_what_was_in_no_database(JournalKind kind)
    {
        var one = NewDirectory(kind);
        one.Append("1", "2", "3");
        one.End();
        var other = Copy(one, "copy");
        other.LoseId();
        var (projection, rejected) = (WrittenDirectory.Projection(kind), new RejectedJournal(one.Active, TimeProvider.System, Report));
        var identifier = new JournalIdentifier(one.Journal, projection, rejected, "m1/app", Report);
        await using (var session = await ProjectionSession.OpenAsync(Database, projection, rejected, one.Journal, identifier, Cancellation))
        {
            // The database has both ids, but no line yet.
            other.Append("a");
            await other.ProjectAsync(Store.Open(), Cancellation);
            await Assert.ThrowsExactlyAsync<JournalTruncatedException>(() =>
                session.ApplyAsync(session.Parse(one.Journal.Read(session.Checkpoint, 10)), Cancellation));
        }

        one.Append("b");
        await one.ProjectAsync(Database, Cancellation);

        await AssertRowsAsync(kind, "1", "2", "3", "a", "b");
    }

    [TestMethod]
    public async Task Retention_deletes_no_file_for_lines_that_a_copy_projected()
    {
        var one = await ProjectedAsync(JournalKind.Jobs);
        one.End();
        var other = Copy(one, "copy");
        other.Append("a", "b", "c");
        await other.ProjectAsync(Database, Cancellation);

        await using var session = await RetentionSession.OpenAsync(Database, Cancellation);
        one.Append("x", "y");
        Assert.IsNull(await session.FindAsync(one.Journal, Cancellation));
        Assert.AreEqual(8, (await session.FindAsync(other.Journal, Cancellation))!.Seq);
    }

    private static IEnumerable<int[]> Orders(int zeros, int ones)
    {
        if (zeros == 0 && ones == 0) return [[]];
        var first = zeros == 0 ? [] : Orders(zeros - 1, ones).Select(rest => (int[])[0, .. rest]);
        return first.Concat(ones == 0 ? [] : Orders(zeros, ones - 1).Select(rest => (int[])[1, .. rest]));
    }
}
