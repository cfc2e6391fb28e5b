using System.ComponentModel.DataAnnotations;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Handlers.System;

[TestClass]
public sealed class FileStreamHandlerOptionsTests
{
    [TestMethod]
    public void The_defaults_are_valid_and_those_of_the_design()
    {
        var options = new FileStreamHandlerOptions();
        Assert.IsEmpty(Faults(options));
        Assert.AreEqual("zotify_api.log", options.Path);
        Assert.AreEqual(67108864, options.MaxFileSize);
        Assert.AreEqual(10, options.RetainedFiles);
        Assert.AreEqual(OverflowMode.Drop, options.Overflow);
    }

    [TestMethod]
    [DataRow("/var/log/zotify.log")]
    [DataRow("../zotify.log")]
    [DataRow("a/../../zotify.log")]
    [DataRow(@"..\zotify.log")]
    [DataRow("./zotify.log")]
    [DataRow("a//b.log")]
    [DataRow("folder/")]
    [DataRow(" ")]
    [DataRow("")]
    public void A_path_outside_the_directory_is_refused(string path)
    {
        var fault = Faults(new FileStreamHandlerOptions { Path = path }).Single();
        Assert.AreEqual("Path", fault.MemberNames.Single());
    }

    [TestMethod]
    [DataRow("app.log")]
    [DataRow("system/2026/app.log")]
    [DataRow("..app.log")]
    public void A_path_below_the_directory_is_taken(string path) => Assert.IsEmpty(Faults(new FileStreamHandlerOptions { Path = path }));

    [TestMethod]
    public void Sizes_and_counts_have_a_range()
    {
        Assert.AreEqual("MaxFileSize", Faults(new FileStreamHandlerOptions { MaxFileSize = 0 }).Single().MemberNames.Single());
        Assert.AreEqual("RetainedFiles", Faults(new FileStreamHandlerOptions { RetainedFiles = 0 }).Single().MemberNames.Single());
    }

    private static List<ValidationResult> Faults(FileStreamHandlerOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults;
    }
}
