namespace Zotify.Logging.Tests.Architecture;

[TestClass]
public sealed class ArchitectureTests
{
    [TestMethod]
    public void Dump()
    {
        var graph = FolderGraph.Of(typeof(LoggingService).Assembly);
        Console.WriteLine(string.Join('\n', graph.Arrows.Select(a => $"{a.Key}   {a.Value}")));
        FolderGraph.Layers(graph.Arrows.Keys, out var cyclic);
        Assert.Fail(string.Join('\n', graph.Arrows.Select(a => $"{a.Key}   {a.Value}")) + "\n" + string.Join(" ", cyclic));
    }
}
