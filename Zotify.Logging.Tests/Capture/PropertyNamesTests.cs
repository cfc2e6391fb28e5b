using Zotify.Logging.Records;

namespace Zotify.Logging.Tests.Capture;

[TestClass]
public sealed class PropertyNamesTests
{
    [TestMethod]
    [DataRow("job_id", "JobId", true)]
    [DataRow("job_id", "job-ID", true)]
    [DataRow("job_id", "_jobid_", true)]
    [DataRow("job_id", "job_ids", false)]
    [DataRow("job_id", "ob_id", false)]
    [DataRow("", "_-", true)]
    [DataRow("job_id", " Job Id ", true)]
    [DataRow("job_id", "@job_id", true)]
    [DataRow("job_id", "$JobId", true)]
    public void Case_white_space_underscores_dashes_and_operators_do_not_count(string a, string b, bool same)
    {
        Assert.AreEqual(same, PropertyNames.Same(a, b));
        Assert.AreEqual(same, PropertyNames.Same(b, a));
    }

    [TestMethod]
    [DataRow("access_token", "token", true)]
    [DataRow("AccessToken", "token", true)]
    [DataRow("X-Api-Key", "api_key", true)]
    [DataRow("token", "token", true)]
    [DataRow("tokens", "token", false)]
    [DataRow("oken", "token", false)]
    public void A_name_ends_with_another(string name, string ending, bool ends) =>
        Assert.AreEqual(ends, PropertyNames.EndsWith(name, ending));
}
