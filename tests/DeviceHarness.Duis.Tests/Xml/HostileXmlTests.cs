using System.Text;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Xml;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Xml;

public sealed class HostileXmlTests
{
    private const int Seed = 20_260_701;

    private static readonly string Sound = DuisRequestWriter.Write(
        DuisFixtures.Request(new SynchroniseClock(DuisFixtures.Now, 10), 4));

    [Fact]
    public void Entities_that_grow_are_refused()
    {
        string xml =
            """
            <!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
            <a>&d;</a>
            """;

        Refusal(xml).Message.Should().Contain("DTD");
    }

    [Fact]
    public void An_entity_that_names_a_file_is_refused()
    {
        Refusal("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>").Message.Should().NotContain("root:");
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_where_it_passes_it()
    {
        string xml = string.Concat(Enumerable.Repeat("<a>", 2_000_000));

        Refusal(xml).Message.Should().Contain($"{TagScanner.MaxDepth} levels");
    }

    [Fact]
    public void Nesting_at_the_limit_is_still_looked_at()
    {
        string xml =
            string.Concat(Enumerable.Repeat("<a>", TagScanner.MaxDepth)) + string.Concat(Enumerable.Repeat("</a>", TagScanner.MaxDepth));

        Refusal(xml).Message.Should().Contain("allowed is element 'Request'");
    }

    [Fact]
    public void Ten_megabytes_of_elements_are_refused()
    {
        StringBuilder xml = new("<a>");
        while (xml.Length < 10_000_000)
        {
            xml.Append("<b/>");
        }

        Refusal(xml.Append("</a>").ToString()).Message.Should().Contain($"{TagScanner.MaxElements} elements");
    }

    [Fact]
    public void Ten_megabytes_of_attributes_are_refused()
    {
        StringBuilder xml = new("<?xml version='1.0'?>\n <a");
        for (int index = 0; xml.Length < 10_000_000; index++)
        {
            xml.Append(" a").Append(index).Append("=''");
        }

        Refusal(xml.Append("/>").ToString()).Message
            .Should().StartWith("/ (line 2, column 2)").And.Contain($"{TagScanner.MaxTagCharacters} characters");
    }

    [Theory]
    [InlineData("<![CDATA[<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<]]>")]
    [InlineData("<?p <<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<?>")]
    [InlineData("<!-- <a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a> -->")]
    public void What_only_looks_like_tags_is_not_counted(string text)
    {
        Refusal($"<a>{text}</a>").Message.Should().Contain("allowed is element 'Request'");
    }

    [Fact]
    public void Many_empty_elements_beside_each_other_are_not_deep()
    {
        string xml = $"<a>{string.Concat(Enumerable.Repeat("<b c='>'/>", 1_000))}</a>";

        Refusal(xml).Message.Should().Contain("allowed is element 'Request'");
    }

    [Fact]
    public void Text_after_the_message_is_refused()
    {
        Refusal(Sound + "<more/>").Message.Should().Contain("not well-formed");
    }

    [Fact]
    public void A_long_comment_is_not_a_long_tag()
    {
        string xml = Sound.Replace("<sr:Header>", $"<!-- {new string('x', 100_000)} > ' --><sr:Header>", StringComparison.Ordinal);

        DuisRequestReader.Read(xml).Message.ServiceReferenceVariant.Should().Be("6.11");
    }

    [Fact]
    public void Ten_megabytes_of_text_in_a_value_are_refused()
    {
        Refusal(Sound.Replace("<sr:TolerancePeriod>10", "<sr:TolerancePeriod>" + new string('1', 10_000_000), StringComparison.Ordinal))
            .Path.Should().EndWith("/TolerancePeriod");
    }

    [Fact]
    public void A_message_beyond_the_longest_is_refused()
    {
        Refusal(Sound.Replace("<sr:Body>", "<sr:Body>" + new string(' ', DuisXmlParser.MaxCharacters), StringComparison.Ordinal))
            .Message.Should().Contain($"allowed are {DuisXmlParser.MaxCharacters}");
    }

    [Fact]
    public void A_message_that_ends_anywhere_is_refused_and_nothing_else_is_thrown()
    {
        for (int length = 0; length < Sound.Length - 1; length++)
        {
            Refusal(Sound[..length]).Line.Should().BeGreaterThanOrEqualTo(0);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData("\uD800")]
    [InlineData("<a b='&#0;'/>")]
    [InlineData("<a xml:space='maybe'/>")]
    [InlineData("<a:b/>")]
    [InlineData("<?xml version='9.9'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='nonsense'?><a/>")]
    [InlineData("<a/><a/>")]
    [InlineData("</a></a></a><a>")]
    [InlineData("<a b='>")]
    public void What_is_not_a_message_is_refused(string xml)
    {
        Refusal(xml).Path.Should().StartWith("/");
    }

    [Fact]
    public void Changed_messages_are_read_or_refused_and_nothing_else_is_thrown()
    {
        Random random = new(Seed);
        string response = DuisFixtures.Read("response-smets1-4.1.1.xml");
        int refused = 0;
        for (int round = 0; round < 20_000; round++)
        {
            refused += TryRead(Changed(round % 2 == 0 ? Sound : response, random)) ? 0 : 1;
        }

        refused.Should().BeInRange(10_000, 19_999, $"most changes of seed {Seed} break a message and some do not");
    }

    private static string Changed(string text, Random random)
    {
        StringBuilder changed = new(text);
        int changes = random.Next(1, 4);
        for (int change = 0; change < changes; change++)
        {
            int at = random.Next(changed.Length);
            switch (random.Next(4))
            {
                case 0:
                    changed[at] = (char)random.Next(0x80);
                    break;
                case 1:
                    changed.Remove(at, Math.Min(random.Next(1, 40), changed.Length - at));
                    break;
                case 2:
                    changed.Insert(at, text.AsSpan(random.Next(text.Length - 40), random.Next(1, 40)));
                    break;
                default:
                    changed[at] = (char)random.Next(0x10000);
                    break;
            }
        }

        return changed.ToString();
    }

    private static bool TryRead(string xml)
    {
        try
        {
            _ = xml.Contains("Response", StringComparison.Ordinal) ? (object)DuisResponseReader.Read(xml) : DuisRequestReader.Read(xml);
            return true;
        }
        catch (DuisFormatException)
        {
            return false;
        }
    }

    private static DuisFormatException Refusal(string xml) =>
        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().ThrowExactly<DuisFormatException>().Which;
}
