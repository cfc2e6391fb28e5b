using System.Reflection;
using Zotify.Logging.AspNetCore.Endpoints;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Web;

/// <summary>Exceptions of queries name properties; the answers of the API name parameters.</summary>
[TestClass]
public sealed class ParameterNamesTests
{
    /// <summary>The properties for which a query never refuses a request's value.</summary>
    private static readonly string[] NeverRefused =
        ["Filter", "JobId", "Follow", "Since", "Until", "From", "To", "Descending", "Details", "ExcludedDetails", "EqualityContract"];

    [TestMethod]
    public void Every_property_that_can_be_refused_has_a_parameter_in_snake_case()
    {
        Type[] queries =
        [
            typeof(AuditQuery),
            typeof(AuditStreamQuery),
            typeof(JobLogQuery),
            typeof(JobStreamQuery),
            typeof(JobListQuery),
            typeof(SystemLogQuery)
        ];
        var properties = queries.SelectMany(query => query.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.Name).Except(NeverRefused).Distinct();
        var unmapped = properties.Where(property => ParameterNames.Of(property).Any(char.IsUpper)).ToList();
        Assert.IsEmpty(unmapped, string.Join(", ", unmapped));
    }

    [TestMethod]
    [DataRow("UserIds", "user_id")]
    [DataRow("Text", "q")]
    [DataRow("Details.order.Id", "details.order.Id")]
    [DataRow("ExcludedDetails.[order][Id]", "details[order][Id].not")]
    [DataRow("ExcludedUserIds", "user_id.not")]
    [DataRow("interval", "interval")]
    public void A_property_is_answered_as_its_parameter(string property, string parameter) =>
        Assert.AreEqual(parameter, ParameterNames.Of(property));
}
