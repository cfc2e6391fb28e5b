using Zotify.Logging.Capture;

namespace Zotify.Logging.Tests.Capture;

/// <summary>A secret in the query string of a URL is redacted by its name, and all else stays.</summary>
[TestClass]
public sealed class QueryStringRedactionTests
{
    private static readonly Redactor Redactor = new(["password", "token", "api_key"]);

    [TestMethod]
    [DataRow(
        "Request starting HTTP/1.1 GET http://h/files?api_key=s3cret&page=2 - - -",
        "Request starting HTTP/1.1 GET http://h/files?api_key=[REDACTED]&page=2 - - -")]
    [DataRow("?page=2&apiKey=s3cret", "?page=2&apiKey=[REDACTED]")]
    [DataRow("?access_token=a.b-c%3D&x=1&Password=p", "?access_token=[REDACTED]&x=1&Password=[REDACTED]")]
    [DataRow("GET \"/a?api%5Fkey=s3cret\" and </b?token=t>#x", "GET \"/a?api%5Fkey=[REDACTED]\" and </b?token=[REDACTED]>#x")]
    [DataRow("/a?token=s3cret#token=x", "/a?token=[REDACTED]#token=x")]
    [DataRow("/a?token=one?token=two", "/a?token=[REDACTED]?token=[REDACTED]")]
    [DataRow("/a?token=", "/a?token=")]
    [DataRow("/a?token", "/a?token")]
    [DataRow("/a?&&=&token=x", "/a?&&=&token=[REDACTED]")]
    [DataRow("What? a token = b", "What? a token = b")]
    [DataRow("is it? token=b", "is it? token=b")]
    [DataRow("/a?page=token&of=api_key", "/a?page=token&of=api_key")]
    [DataRow("", "")]
    [DataRow("?", "?")]
    [DataRow("?=", "?=")]
    [DataRow("token=x", "token=x")]
    public void A_value_is_replaced_alone(string text, string expected) => Assert.AreEqual(expected, QueryStringRedaction.Apply(text, Redactor));
}
