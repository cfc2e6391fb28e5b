using Microsoft.Extensions.Time.Testing;
using Zotify.Logging.Journal;
using Zotify.Logging.Projection;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Journal;

/// <summary>The library does not follow a symbolic link that somebody planted at one of its names.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
public sealed class PlantedLinkTests
{
    private const string Content = "somebody else's";

    private readonly JournalFolder _folder = new();
    private readonly TemporaryFolder _elsewhere = new();

    public required TestContext TestContext { get; set; }

    private string Victim => _elsewhere.PathOf("victim");

    /// <summary>The file that a dangling link would create.</summary>
    private string Unmade => _elsewhere.PathOf("unmade");

    [TestInitialize]
    public void Initialize() => File.WriteAllText(Victim, Content);

    [TestCleanup]
    public void Cleanup()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_at_the_journals_id(bool leadsToAFile)
    {
        Plant(".id.new", leadsToAFile);
        Plant(".id", leadsToAFile: false);
        var id = JournalIdFile.Renew(_folder.Active, TimeProvider.System);
        Assert.AreEqual(id, JournalIdFile.Read(_folder.Active));
        AssertUntouched(".id", ".id.new");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_at_the_lock_and_its_owner(bool leadsToAFile)
    {
        foreach (var name in new[] { "zotify.lock", "zotify.owner", "zotify.owner.new" }) PlantAt(_folder.PathOf(name), leadsToAFile);
        using (var directory = new LogDirectory(_folder.Path, "test", new FakeTimeProvider()))
        {
            directory.Open();
            Assert.AreEqual("test", LogDirectory.ReadOwner(_folder.Path)![..4]);
        }

        foreach (var name in new[] { "zotify.lock", "zotify.owner" }) Assert.IsNull(new FileInfo(_folder.PathOf(name)).LinkTarget, name);
        AssertUntouched();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_at_the_probe(bool leadsToAFile)
    {
        Plant(".probe", leadsToAFile);
        DiskProbe.Run(_folder.Active);
        AssertUntouched(".probe");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_at_the_torn_lines(bool leadsToAFile)
    {
        File.WriteAllText(_folder.Active, "half a line");
        Plant(".torn", leadsToAFile);
        using (_folder.Open())
        {
        }

        Assert.AreEqual("half a line\n", File.ReadAllText(_folder.Torn));
        AssertUntouched(".torn");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_link_at_the_rejected_lines(bool leadsToAFile)
    {
        Plant(".rejected", leadsToAFile);
        var rejected = new RejectedJournal(_folder.Active, TimeProvider.System, (_, _) => { });
        rejected.Add(Guid.Empty, [new RejectedLine(new JournalLine(1, "{}"u8.ToArray(), 1, 3), new InvalidDataException("refused"))]);
        Assert.HasCount(1, File.ReadAllLines(_folder.Active + ".rejected"));
        AssertUntouched(".rejected");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_link_at_a_void_segment_and_at_a_restored_one(bool leadsToAFile)
    {
        var disk = new FaultyDisk();
        using var journal = _folder.Open(disk);
        Plant(".void", leadsToAFile);
        Plant(".restoring", leadsToAFile);
        Plant(".replaced", leadsToAFile);
        disk.FailFlushes = 1;
        JournalFolder.Append(journal, "m1");
        // The flush that fails starts a new segment at once.
        await journal.FlushAsync(TestContext.CancellationToken);
        File.Delete(_folder.Active);
        JournalFolder.Append(journal, "m2");
        await journal.FlushAsync(TestContext.CancellationToken);
        JournalFolder.AreEqual(JournalFolder.Numbered(1, 2), JournalFolder.Texts(journal.Read(JournalCheckpoint.Start, 10)));
        AssertUntouched(".void", ".restoring");
    }

    [TestMethod]
    public void An_active_file_that_is_a_link_at_the_start_is_an_error_with_the_fix()
    {
        PlantAt(_folder.Active, leadsToAFile: true);
        var refused = Assert.ThrowsExactly<IOException>(() => _folder.Open());
        Assert.AreEqual(
            $"'{_folder.Active}' is a symbolic link; only the directory may be one: move the file to its place, or link the directory",
            refused.Message);
        AssertUntouched();
    }

    private void Plant(string side, bool leadsToAFile) => PlantAt(_folder.Active + side, leadsToAFile);

    private void PlantAt(string path, bool leadsToAFile) => File.CreateSymbolicLink(path, leadsToAFile ? Victim : Unmade);

    private void AssertUntouched(params string[] sides)
    {
        Assert.AreEqual(Content, File.ReadAllText(Victim));
        Assert.IsFalse(File.Exists(Unmade));
        foreach (var side in sides) Assert.IsNull(new FileInfo(_folder.Active + side).LinkTarget, side);
    }
}
