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
    [DataRow("/a?token=one?token=two", "/a?token=[REDACTED]")]
    [DataRow("/a?password=a(et)42&x=1", "/a?password=[REDACTED]&x=1")]
    [DataRow("/a?token=a'tail", "/a?token=[REDACTED]")]
    [DataRow("/a?token={abc}def", "/a?token=[REDACTED]")]
    [DataRow("/a?access_token=(z*!~", "/a?access_token=[REDACTED]")]
    [DataRow("GET /a?token=a\"b<c>d\\e - 1", "GET /a?token=[REDACTED] - 1")]
    [DataRow("<a href=\"/a?token=s\">now</a>", "<a href=\"/a?token=[REDACTED]\">now</a>")]
    [DataRow("<u>/a?token=s</u> <u>b</u>", "<u>/a?token=[REDACTED]</u> <u>b</u>")]
    [DataRow("{\"m\":\"GET /a?x=1\\u0026token=s\\u0026y=2\",\"n\":1}", "{\"m\":\"GET /a?x=1\\u0026token=[REDACTED]\\u0026y=2\",\"n\":1}")]
    [DataRow("/a?x=1&amp;token=s&amp;y=2", "/a?x=1&amp;token=[REDACTED]&amp;y=2")]
    [DataRow("/a?x=1;token=s", "/a?x=1;token=[REDACTED]")]
    [DataRow("/a?user[password]=s&token[]=t&token%5B0%5D=u", "/a?user[password]=[REDACTED]&token[]=[REDACTED]&token%5B0%5D=[REDACTED]")]
    [DataRow("/a?api+key=s&x(token)=t", "/a?api+key=[REDACTED]&x(token)=[REDACTED]")]
    [DataRow("/in?to=%2Fa%3Fapi_key%3Ds%26x%3D1&y=2", "/in?to=%2Fa%3Fapi_key%3D[REDACTED]%26x%3D1&y=2")]
    [DataRow("/in?to=%2Fa%3Fto%3D%252Fb%253Ftoken%253Ds", "/in?to=%2Fa%3Fto%3D%252Fb%253Ftoken%253D[REDACTED]")]
    [DataRow("/in?to=%2Fa%3Fx%3D1%2C2", "/in?to=%2Fa%3Fx%3D1%2C2")]
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
