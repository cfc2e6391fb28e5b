using Zotify.Logging.AspNetCore.Endpoints.Page;

namespace Zotify.Logging.Tests.Web;

/// <summary>Modules that are joined into one.</summary>
[TestClass]
public sealed class ModuleBundleTests
{
    [TestMethod]
    public void A_module_comes_after_those_that_it_imports_and_each_comes_once()
    {
        var joined = ModuleBundle.Of(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["main"] = "import { one } from './one.js';\nimport { two } from './number-two.js';\n\none(two);",
                ["one"] = "import { two } from './number-two.js';\n\nexport function one() { return two; }",
                ["number-two"] = "const hidden = 2;\nexport const two = hidden;\nexport class Three {}\nexport async function four() {}",
                ["unused"] = "export const unused = 1;",
            },
            "main");
        Assert.AreEqual(
            """
            const $number_two = (() => {
            const hidden = 2;
            const two = hidden;
            class Three {}
            async function four() {}
            return { two, Three, four };
            })();
            const $one = (() => {
            const { two } = $number_two;

            function one() { return two; }
            return { one };
            })();
            const $main = (() => {
            const { one } = $one;
            const { two } = $number_two;

            one(two);
            return {  };
            })();

            """.ReplaceLineEndings("\n"),
            joined);
    }

    [TestMethod]
    public void Modules_that_import_each_other_or_nothing_that_exists_are_refused()
    {
        var circle = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["main"] = "import { a } from './a.js';", ["a"] = "import { b } from './b.js';", ["b"] = "import { a } from './a.js';",
        };
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => ModuleBundle.Of(circle, "main")).Message, "a imports itself",
            StringComparison.Ordinal);
        circle.Remove("b");
        StringAssert.Contains(
            Assert.ThrowsExactly<InvalidOperationException>(() => ModuleBundle.Of(circle, "main")).Message, "no module b",
            StringComparison.Ordinal);
    }
}
