using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>When a line is given out, by a clock that stands still unless a test moves it.</summary>
[TestClass]
public sealed class LineMergerTests
{
    private readonly FakeTimeProvider _time = new(Some.Time);

    [TestMethod]
    public void Lines_are_given_out_by_time_once_every_source_has_one()
    {
        var merger = new LineMerger(2, _time);
        Add(merger, 0, 2, 4);
        Assert.AreEqual("", Taken(merger), "the other source may have an older line");
        Add(merger, 1, 1, 3, 5);
        Assert.AreEqual("1 2 3 4", Taken(merger), "the first source may have one before 5");
    }

    [TestMethod]
    public void A_line_waits_half_a_second_at_most()
    {
        var merger = new LineMerger(2, _time);
        Add(merger, 0, 1);
        Assert.AreEqual(TimeSpan.FromMilliseconds(500), merger.UntilDue());
        Wait(499);
        Assert.AreEqual("", Taken(merger));
        Assert.AreEqual(TimeSpan.FromMilliseconds(1), merger.UntilDue());
        Wait(1);
        Assert.AreEqual("1", Taken(merger));
        Assert.IsNull(merger.UntilDue());
    }

    [TestMethod]
    public void A_line_that_is_due_takes_the_older_ones_with_it()
    {
        var merger = new LineMerger(3, _time);
        Add(merger, 0, 5);
        Wait(400);
        Add(merger, 1, 2);
        Wait(100);
        Assert.AreEqual("2 5", Taken(merger));
    }

    [TestMethod]
    public void Nobody_waits_for_a_source_that_is_away()
    {
        var merger = new LineMerger(2, _time);
        merger.Leave(1);
        Add(merger, 0, 1);
        Assert.AreEqual("1", Taken(merger));
        // It is back with its next line.
        Add(merger, 1, 2);
        Assert.AreEqual("", Taken(merger));
        Add(merger, 0, 3);
        Assert.AreEqual("2", Taken(merger));
    }

    [TestMethod]
    public void An_old_line_does_not_wait_for_a_source_that_was_read_to_its_end_after_it()
    {
        var merger = new LineMerger(2, _time);
        merger.ReachedEnd(1);
        // Lines of the last half second may still be on their way.
        Add(merger, 0, -501, -499);
        Assert.AreEqual("-501", Taken(merger));
        Wait(1);
        Assert.AreEqual("", Taken(merger));
        merger.ReachedEnd(1);
        Assert.AreEqual("-499", Taken(merger));
    }

    [TestMethod]
    public void Lines_of_one_source_keep_their_order()
    {
        var merger = new LineMerger(2, _time);
        Add(merger, 0, 3, 1);
        Add(merger, 1, 2);
        Assert.AreEqual("2", Taken(merger));
        Add(merger, 1, 4);
        Assert.AreEqual("3 1", Taken(merger));
    }

    [TestMethod]
    public void A_line_without_a_time_has_that_of_the_one_before()
    {
        var merger = new LineMerger(2, _time);
        Add(merger, 0, 1);
        merger.Add(0, new SystemLogEntry("", "\tat Main()"));
        Add(merger, 0, 3);
        Add(merger, 1, 2);
        Assert.AreEqual("1 \tat Main() 2", Taken(merger));
    }

    private static void Add(LineMerger merger, int source, params int[] times)
    {
        foreach (var time in times)
            merger.Add(source, new SystemLogEntry("", $"{time}") { Timestamp = Some.Time + TimeSpan.FromMilliseconds(time) });
    }

    private void Wait(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static string Taken(LineMerger merger)
    {
        var taken = new List<string>();
        while (merger.TryTake(out _, out var line)) taken.Add(((SystemLogEntry)line.Value.Item).Text);
        return string.Join(' ', taken);
    }
}
