using Zotify.Logging.Capture;

namespace Zotify.Logging.Tests.Capture;

[TestClass]
public sealed class TemplateRendererTests
{
    [TestMethod]
    [DataRow("no holes", "no holes")]
    [DataRow("{A} and {b}", "1.5 and two")]
    [DataRow("{A:0.000}|{B,6}|{B,-6}|", "1.500|   two|two   |")]
    [DataRow("{{A}} {B}}} {", "{A} two} {")]
    [DataRow("{Unknown} stays", "{Unknown} stays")]
    [DataRow("{List} {Null}", "1, x (null)")]
    [DataRow("{A:!not a format}", "!not a format")]
    public void A_template_is_rendered_as_its_formatter_would(string template, string expected) =>
        Assert.AreEqual(expected, TemplateRenderer.Render(template,
        [
            new("A", 1.5m), new("B", "two"), new("List", new List<object?> { 1, "x" }), new("Null", null),
        ]));
}
