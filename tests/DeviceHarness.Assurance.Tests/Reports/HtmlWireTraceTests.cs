using System.Text;
using System.Xml.Linq;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Reports;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Reports;

public sealed class HtmlWireTraceTests
{
    private const string Sent = "> esme-01: 39 octets";
    private const string SentFrame = ">   0000  HDLC I N(S)=1 N(R)=1 P/F, destination 1, source 1, length 39";
    private const string SentLlc = ">   0008    LLC E6E600, from the client";
    private const string SentMessage = ">   000B    get-request Normal, invoke 2 confirmed high";
    private const string SentValue = ">   000E      class 3 Register, 1-0:1.8.0, attribute 2 value";
    private const string Came = "< esme-01: 9 octets";
    private const string CameFrame = "<   0000  HDLC DM, destination 1, source 1, length 7";

    [Fact]
    public void A_failed_step_has_its_octets_beside_it_and_in_one_line_what_they_were()
    {
        XElement row = Row(1, Document(Wire("ToDevice", "7E A0 27"), Decode(Sent, SentFrame, SentLlc, SentMessage, SentValue)));

        XElement details = row.Descendants("details").Should().ContainSingle().Subject;
        details.Element("summary")!.Value.Should().Be("Octets: sent get-request Normal, invoke 2 confirmed high; nothing came");
        details.Element("pre")!.Value.Should().Contain("1.500 ms esme-01 > 7E A0 27");
    }

    [Theory]
    [InlineData("nothing was sent; came HDLC DM, destination 1, source 1, length 7", Came, CameFrame)]
    [InlineData("sent get-request Normal, invoke 2 confirmed high; came HDLC DM, destination 1, source 1, length 7",
        Sent, SentFrame, SentLlc, SentMessage, Came, CameFrame)]
    [InlineData("sent get-request Normal, invoke 2 confirmed high; nothing came", Came, CameFrame, Sent, SentFrame, SentLlc, SentMessage)]
    [InlineData("sent esme-01: 39 octets; nothing came", Sent)]
    [InlineData("not explained")]
    [InlineData("not explained", "of another version")]
    public void One_line_says_what_was_sent_last_and_what_came_after_it(string expected, params string[] decode) =>
        HtmlWireTrace.Explain(decode).Should().Be(expected);

    [Fact]
    public void A_step_that_sent_nothing_shows_what_was_before_it_and_says_so()
    {
        string document = Document(Wire("ToDevice", "7E A0 27"), Decode(Sent, SentFrame));

        Row(3, document).Value.Should().Contain("Octets of step 1, the last before it that has any");
    }

    [Fact]
    public void A_clean_up_step_shows_its_own_octets_and_nobody_shows_those_of_clean_up()
    {
        string document = Document(Wire("ToDevice", "7E A0 27"), Decode(Sent, SentFrame))
            .Replace("\"index\":1", "\"index\":1,\"cleanup\":true", StringComparison.Ordinal);

        Row(1, document).Value.Should().Contain("7E A0 27");
        Write(2, document).Should().BeEmpty();
    }

    [Fact]
    public void A_long_turn_is_cut_and_only_the_last_turns_are_shown()
    {
        string long1 = string.Join(' ', Enumerable.Repeat("AA", HtmlWireTrace.MaximumCharacters));
        string[] turns =
        [
            .. Enumerable.Range(0, HtmlWireTrace.MaximumTurns)
                .Select(turn => Wire(turn % 2 == 0 ? "FromDevice" : "ToDevice", $"{turn:00}")),
        ];

        string shown = Row(1, Document(string.Join(',', [Wire("ToDevice", long1), .. turns]), Decode())).Value;
        string cut = Row(1, Document(Wire("ToDevice", long1), Decode())).Value;

        shown.Should().NotContain("AA").And.Contain("> 07").And.Contain("< 00");
        cut.Should().Contain("characters more in the evidence");
        cut.Length.Should().BeLessThan(HtmlWireTrace.MaximumCharacters + 200);
    }

    [Fact]
    public void Hostile_octets_and_explanations_never_become_markup()
    {
        const string hostile = "</pre></details><script>alert(1)</script><img src=x onerror='alert(2)'>&";
        string document = System.Text.Json.JsonSerializer.Serialize(new
        {
            steps = new[]
            {
                new
                {
                    index = 1,
                    name = hostile,
                    wire = new[] { new { port = hostile, direction = hostile, octets = hostile } },
                    decode = new[] { $"> {hostile}", $">   0000  {hostile}", $">   0001    {hostile}" },
                },
            },
        });

        XElement row = Row(1, document);

        row.Descendants().Select(element => element.Name.LocalName).Should().OnlyContain(name => name == "td" || name == "details"
            || name == "summary" || name == "pre");
        row.Descendants("summary").Single().Value.Should().Be($"Octets: sent {hostile}; nothing came");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("""{"steps":7}""")]
    [InlineData("""{"steps":[{"index":1,"wire":[],"decode":[]}]}""")]
    public void Without_octets_there_is_no_row(string document) => Write(1, document).Should().BeEmpty();

    private static string Document(string wire, string decode) =>
        $$"""{"steps":[{"index":1,"name":"read","wire":[{{wire}}],"decode":[{{decode}}]}]}""";

    private static string Wire(string direction, string octets) =>
        $$"""{"offsetMicroseconds":1500,"port":"esme-01","direction":"{{direction}}","octets":"{{octets}}"}""";

    private static string Decode(params string[] lines) => string.Join(',', lines.Select(line => $"\"{line}\""));

    private static XElement Row(int step, string document) => XElement.Parse(Write(step, document), LoadOptions.PreserveWhitespace);

    private static string Write(int index, string document)
    {
        HtmlWriter html = new();
        Step step = Step("4.1.1", 10) with { Index = index, Verdict = Verdict.Failed };
        HtmlWireTrace.WriteRow(html, step, [Encoding.UTF8.GetBytes(document)]);
        return html.Collected.ToString();
    }
}
