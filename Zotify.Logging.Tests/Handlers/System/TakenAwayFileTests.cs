namespace Zotify.Logging.Tests.Handlers.System;

/// <summary>Somebody deletes, moves or replaces the file of the system log while it is open.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class TakenAwayFileTests
{
    private readonly SystemLogFolder _folder = new();

    public required TestContext TestContext { get; set; }

    private CancellationToken Cancellation => TestContext.CancellationToken;

    [TestCleanup]
    public void Cleanup() => _folder.Dispose();

    [TestMethod]
    public async Task A_file_that_replaces_it_with_the_same_length_is_not_mistaken_for_it()
    {
        await using var handler = await _folder.StartAsync();
        await handler.WriteAsync(SystemLogFolder.Numbered(1, 1), Cancellation);
        var content = File.ReadAllText(_folder.Active);
        File.Move(_folder.Active, _folder.PathOf("moved"));
        File.WriteAllText(_folder.Active, content);
        await handler.WriteAsync(SystemLogFolder.Numbered(2, 1), Cancellation);
        _folder.AssertMessages("000001", "000002");
        Assert.AreEqual(content, File.ReadAllText(_folder.PathOf("moved")));
    }

    [TestMethod]
    public async Task A_file_that_was_moved_before_its_first_line_gets_none()
    {
        await using var handler = await _folder.StartAsync();
        File.Move(_folder.Active, _folder.PathOf("moved"));
        File.WriteAllText(_folder.Active, "");
        await handler.WriteAsync(SystemLogFolder.Numbered(1, 1), Cancellation);
        _folder.AssertMessages("000001");
        Assert.AreEqual("", File.ReadAllText(_folder.PathOf("moved")));
    }

    [TestMethod]
    public async Task A_file_that_replaced_it_right_before_a_roll_is_not_rolled_as_the_log()
    {
        var isReplaced = false;
        await using var handler = await _folder.StartAsync((file, bytes, offset) =>
        {
            RandomAccess.Write(file, bytes, offset);
            if (isReplaced) return;
            isReplaced = true;
            File.Move(_folder.Active, _folder.PathOf("moved"));
            File.WriteAllText(_folder.Active, "another\n");
        });
        _folder.Options.MaxFileSize = SystemLogFolder.SizeOf(1);
        await handler.WriteAsync(SystemLogFolder.Numbered(1, 3), Cancellation);
        _folder.AssertNames("zotify_api.log");
        Assert.AreEqual("another", File.ReadLines(_folder.Active).First());
        Assert.HasCount(3, File.ReadAllLines(_folder.Active));
        StringAssert.Contains(_folder.Reported.ToString(), "was deleted, moved or replaced", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_symbolic_link_that_replaces_it_is_renamed_and_not_followed()
    {
        await using var handler = await _folder.StartAsync();
        File.Delete(_folder.Active);
        File.CreateSymbolicLink(_folder.Active, _folder.PathOf("victim"));
        await handler.WriteAsync(SystemLogFolder.Numbered(1, 1), Cancellation);
        Assert.IsFalse(File.Exists(_folder.PathOf("victim")));
        Assert.HasCount(1, File.ReadAllLines(_folder.Active));
        Assert.AreEqual(_folder.PathOf("victim"), new FileInfo(_folder.Active + ".replaced").LinkTarget);
    }
}
