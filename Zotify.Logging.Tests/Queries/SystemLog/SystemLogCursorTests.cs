using Zotify.Logging.Queries;
using Zotify.Logging.Tests.Handlers.System;

namespace Zotify.Logging.Tests.Queries.SystemLog;

[TestClass]
public sealed class SystemLogCursorTests
{
    [TestMethod]
    public void A_cursor_is_parsed_from_its_text()
    {
        var position = new SystemLogCursor("0123456789abcdef", 9_876_543_210);
        Assert.IsTrue(SystemLogCursor.TryParse(position.ToString(), out var parsed));
        Assert.AreEqual(position, parsed);
        Assert.IsTrue(SystemLogCursor.TryParse(SystemLogCursor.Start.ToString(), out _));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("garbage")]
    [DataRow("0123456789abcdef")]
    [DataRow("0123456789abcdef.")]
    [DataRow("0123456789abcdef.-1")]
    [DataRow("0123456789abcdef.01")]
    [DataRow("0123456789abcdef. 1")]
    [DataRow("0123456789abcdef.99999999999999999999")]
    [DataRow("0123456789ABCDEF.1")]
    [DataRow("0123456789abcdeg.1")]
    public void Other_text_is_refused_before_anything_is_read(string text)
    {
        using var folder = new SystemLogFolder();
        var tail = folder.Tail();
        var after = Assert.ThrowsExactly<InvalidCursorException>(() => tail.ReadAsync(new SystemLogQuery { After = text }, default));
        var before = Assert.ThrowsExactly<InvalidCursorException>(() => tail.ReadAsync(new SystemLogQuery { Before = text }, default));
        Assert.AreEqual("After", after.ParamName);
        Assert.AreEqual("Before", before.ParamName);
    }
}
