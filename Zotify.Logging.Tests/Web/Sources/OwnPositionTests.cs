using Zotify.Logging.AspNetCore.Sources;
using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Web.Sources;

/// <summary>Cursors of a merged stream lead on in the own log, after there are no more sources.</summary>
[TestClass]
public sealed class OwnPositionTests
{
    private const string Own = "0123456789abcdef.42";

    private static readonly uint[] Names = [.. ((string[])["web-1", "web-2"]).Select(PositionCode.HashOf)];

    [TestMethod]
    public void A_stream_goes_on_after_the_own_position()
    {
        var query = OwnPosition.In(new SystemLogQuery { After = Merged(SourcePosition.Of(Own)).ToString() }, "web-1");
        Assert.AreEqual((Own, null, true), (query.After, query.Since, query.Follow));
    }

    [TestMethod]
    [DataRow("web-1")]
    [DataRow("a new name")]
    public void Where_the_own_position_is_a_time_it_goes_on_from_there(string name)
    {
        var query = OwnPosition.In(new SystemLogQuery { After = Merged(SourcePosition.Of(Some.Time)).ToString() }, name);
        Assert.AreEqual((null, (DateTimeOffset?)Some.Time), (query.After, query.Since));
        var later = OwnPosition.In(query with { After = Merged(SourcePosition.Of(Some.Time)).ToString(), Since = Some.Time.AddDays(1) }, name);
        Assert.AreEqual(Some.Time.AddDays(1), later.Since);
    }

    [TestMethod]
    public void A_page_before_a_line_of_another_source_has_the_own_lines_up_to_then()
    {
        var cursor = Merged(SourcePosition.Of(Own));
        var other = OwnPosition.In(new SystemLogQuery { Before = cursor.WithLine(1).ToString() }, "web-1");
        Assert.AreEqual((null, Own), (other.Before, other.Through));
        var own = OwnPosition.In(new SystemLogQuery { Before = cursor.WithLine(0).ToString() }, "web-1");
        Assert.AreEqual((Own, null), (own.Before, own.Through));
        var through = OwnPosition.In(new SystemLogQuery { Through = cursor.WithLine(0).ToString() }, "web-1");
        Assert.AreEqual((null, Own), (through.Before, through.Through));
        var unknown = OwnPosition.In(new SystemLogQuery { Before = cursor.WithLine(1).ToString(), Until = DateTimeOffset.MaxValue }, "a new name");
        Assert.AreEqual((null, null, Some.Time, false), (unknown.Before, unknown.Through, unknown.Until, unknown.Follow));
    }

    [TestMethod]
    public void Any_other_cursor_stays()
    {
        var query = new SystemLogQuery { After = Own, Before = "here", Through = "" };
        Assert.AreEqual(query, OwnPosition.In(query, "web-1"));
    }

    private static MergedCursor Merged(SourcePosition own)
    {
        var cursor = new MergedCursor(Names) { Time = Some.Time };
        (cursor[0], cursor[1]) = (own, SourcePosition.Of("abcdef0123456789.7"));
        return cursor;
    }
}
