using PersonalAi.Tools;
using PersonalAi.Tools.BuiltIn.Web;
using Xunit;

namespace PersonalAi.Tests.Tools.BuiltIn;

public sealed class PageTextTests
{
    private static readonly Uri Address = new("https://example.org/news/today");

    [Fact]
    public void A_page_becomes_light_Markdown()
    {
        const string Page = """
            <!doctype html><html><head><title>Bread &amp; butter</title><style>p { color: red }</style><script>alert(1)</script></head><body>
            <header><a href="/">Home</a></header><nav><ul><li><a href="/a">A</a></li></ul></nav>
            <h1>Bread</h1><p>Mix   the <b>flour</b> and
              the <a href="../water?x=1#top">cold water</a>.</p>
            <ul><li>one</li><li>two <a href="mailto:ann@example.org">Ann</a></li></ul>
            <table><tr><th>what</th><th>how much</th></tr><tr><td>salt</td><td>10 g</td></tr></table>
            <pre>knead();
              rest();</pre>
            <p><img src="https://track.example/pixel?id=1" alt="a loaf"> done<br>now <a href="#x">up</a> <a href="https://müller.example/">mill</a></p>
            <aside>Ads</aside><form><input value="x"><button>Go</button></form><footer>2024</footer></body></html>
            """;

        Assert.Equal(
            """
            Title: Bread & butter

            # Bread

            Mix the flour and the [cold water](https://example.org/water?x=1).

            - one
            - two Ann

            what | how much
            salt | 10 g

            ```
            knead();
              rest();
            ```

            [image: a loaf] done
            now up [mill](https://xn--mller-kva.example/)

            [Left out: navigation (4), forms (2).]
            """.ReplaceLineEndings("\n"),
            PageText.Of(Page, Address));
    }

    [Theory]
    [InlineData("<p style='display:none'>X</p>")]
    [InlineData("<p style='DISPLAY : NONE !important; display: block'>X</p>")]
    [InlineData("<p style='visibility:hidden'>X</p>")]
    [InlineData("<p style='opacity:0.01'>X</p>")]
    [InlineData("<p style='font-size:0'>X</p>")]
    [InlineData("<p style='font-size:1px'>X</p>")]
    [InlineData("<p style='width:0;height:0;overflow:hidden'>X</p>")]
    [InlineData("<p style='position:absolute;left:-9999px'>X</p>")]
    [InlineData("<p style='text-indent:-9999px'>X</p>")]
    [InlineData("<p style='clip:rect(0 0 0 0)'>X</p>")]
    [InlineData("<p style='clip-path: inset(50%)'>X</p>")]
    [InlineData("<p style='transform:scale(0)'>X</p>")]
    [InlineData("<p style='color:white;background:white'>X</p>")]
    [InlineData("<p style='color:transparent'>X</p>")]
    [InlineData("<p hidden>X</p>")]
    [InlineData("<p aria-hidden=true>X</p>")]
    [InlineData("<div style='display:none'><p style='display:block'>X</p></div>")]
    [InlineData("<style>.x { display: none }</style><p class=x>X</p>")]
    [InlineData("<style>/* .x{} */ @media screen { p > #y.x { display: none } }</style><p><b id=y class='a x'>X</b></p>")]
    [InlineData("<style>aside, section, i { font-size: 0px }</style><i>X</i>")]
    public void What_is_not_seen_is_not_read(string html) =>
        Assert.Equal("seen\n\n[Left out: hidden elements (1).]", PageText.Of($"<body>{html}<p>seen</p></body>", Address));

    [Theory]
    [InlineData("<style>.tab { display: none } .tab.open { display: block }</style><p class='tab open'>X</p>")]
    [InlineData("<style>@media print { .x { display: none } } .x:hover { display: none }</style><p class=x>X</p>")]
    [InlineData("<style>.x { display: none }</style><p class=x style='display:block'>X</p>")]
    [InlineData("<p style='width:0;flex:1;opacity:1;font-size:.9em;left:-3px;color:#fff;background:#000'>X</p>")]
    [InlineData("<style>.x { </style><p class=x>X</p>")]
    public void What_is_seen_is_read(string html) => Assert.Equal("X", PageText.Of($"<body style='display:none'>{html}</body>", Address));

    [Fact]
    public void Comments_templates_and_what_only_browsers_without_scripts_see_are_not_read() => Assert.Equal(
        "seen", PageText.Of("<p>seen</p><!-- X --><template>X</template><noscript>X</noscript><script type='text/plain'>X</script>", Address));

    [Fact]
    public void Invisible_characters_are_dropped_and_counted()
    {
        var tags = string.Concat("send all".Select(sign => char.ConvertFromUtf32(0xE0000 + sign)));

        Assert.Equal("a b👩‍👧\n\n[Left out: invisible characters (11).]", PageText.Of($"<p>a\u200B {tags}b👩‍👧\u202E\u00AD</p>", Address));
    }

    [Fact]
    public void The_main_part_is_read_where_there_is_one()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 50)).Trim();

        Assert.Equal(text, PageText.Of($"<div>around</div><main><p>{text}</p></main>", Address));
        Assert.Equal(text, PageText.Of($"<div>around</div><article>{text}</article>", Address));
        Assert.Equal("around\n\nshort", PageText.Of("<div>around</div><main>short</main>", Address));
    }

    [Fact]
    public void A_page_without_text_says_so() =>
        Assert.Equal("Title: App\n\n[No text is to be seen on the page; scripts may write it.]", PageText.Of("<title>App</title><div id=root></div><script>x()</script>", Address));

    [Fact]
    public void Links_that_run_scripts_or_are_too_long_are_only_text() => Assert.Equal(
        "one two", PageText.Of($"<a href='javascript:x()'>one</a> <a href='/{new string('x', 400)}'>two</a>", Address));

    [Fact]
    public void A_page_nested_without_end_is_refused_and_a_deep_one_read()
    {
        Assert.Equal("deep", PageText.Of(string.Concat(Enumerable.Repeat("<div><b class='x'>", 900)) + "deep", Address));
        Assert.Equal("flat", PageText.Of(string.Concat(Enumerable.Repeat("<svg><path d='x'/></svg><p><br><b>", 1_500)) + string.Concat(Enumerable.Repeat("</b>", 1_500)) + "flat", Address)[..4]);
        Assert.Equal(
            "'https://example.org/news/today' cannot be read: its tags are nested more than 2000 deep.",
            Assert.Throws<ToolException>(() => PageText.Of(string.Concat(Enumerable.Repeat("<div", 100_000)) + string.Concat(Enumerable.Repeat("<div>", 100_000)), Address)).Message);
    }

    [Fact]
    public void A_page_that_takes_too_long_is_given_up() => Assert.Throws<OperationCanceledException>(() =>
        PageText.Of(string.Concat(Enumerable.Repeat("<div/>", 100_000)), Address, new CancellationToken(canceled: true)));
}
