using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Application;

/// <summary>General block transfer and lists, by octets that are written down by hand.</summary>
public sealed class GeneralBlockTests
{
    private const string ObjectList = "C001C1000F0000280000FF0200";

    // The standard AARQ with bit 2 of the conformance, and a client that takes 64 octets.
    private static readonly string AarqWithBlocks =
        EsmeFixture.AarqLls.Replace("0400007E1F04B0", "0400207E1F0040", StringComparison.Ordinal);

    [Fact]
    public void A_long_answer_is_cut_and_each_block_waits_for_its_acknowledgement()
    {
        ScriptedClient client = Associated(hasBlocks: true);

        string first = client.Send(ObjectList)!;
        string second = client.Send("E0810001000100")!;
        string third = client.Send("E0810001000200")!;

        first.Should().StartWith("E001" + "0001" + "0000" + "37" + "C401C100" + "01").And.HaveLength(2 * (7 + 55));
        second.Should().StartWith("E001" + "0002" + "0001" + "37");
        third.Should().StartWith("E001" + "0003" + "0001" + "37");
    }

    [Fact]
    public void A_block_that_was_lost_is_sent_again()
    {
        ScriptedClient client = Associated(hasBlocks: true);
        string first = client.Send(ObjectList)!;
        string second = client.Send("E0810001000100")!;

        string again = client.Send("E0810001000100")!;

        again.Should().Be(second).And.NotBe(first);
    }

    [Fact]
    public void A_request_in_blocks_is_acknowledged_carried_out_and_answered_in_blocks()
    {
        ScriptedClient client = Associated(hasBlocks: true);

        string acknowledged = client.Send("E001" + "0001" + "0000" + "07" + "C001C100010000")!;
        string answered = client.Send("E081" + "0002" + "0001" + "06" + "600100FF0200")!;

        acknowledged.Should().Be("E081" + "0001" + "0001" + "00");
        answered.Should().StartWith("E081" + "0002" + "0002").And.Contain("C401C100");
    }

    [Fact]
    public void A_new_request_ends_a_long_answer()
    {
        ScriptedClient client = Associated(hasBlocks: true);
        client.Send(ObjectList);

        client.Send("C001C100010000600100FF0200").Should().StartWith("C401C100");
        client.Send(ObjectList).Should().StartWith("E001" + "0001" + "0000");
    }

    [Theory]
    [InlineData("E0010001")]
    [InlineData("E0810001000900")]
    public void What_is_no_block_or_acknowledges_what_was_never_sent_is_refused(string block)
    {
        ScriptedClient client = Associated(hasBlocks: true);
        client.Send(ObjectList);

        client.Send(block).Should().Be("D80103");
        client.Send("C001C100010000600100FF0200").Should().StartWith("C401C100", "the association goes on");
    }

    [Fact]
    public void Without_the_agreement_blocks_are_refused_and_long_answers_go_the_other_way()
    {
        ScriptedClient client = Associated(hasBlocks: false);

        client.Send("E001" + "0001" + "0000" + "07" + "C001C100010000").Should().Be("D80102");
        client.Send(ObjectList).Should().StartWith("C402C100" + "00000001");
    }

    [Fact]
    public void An_ACTION_with_list_does_each_and_says_what_became_of_each()
    {
        ScriptedClient client = new EsmeFixture().Associated();

        string answer = client.Send(
            "C303C1" + "02" + "0009" + "00000A006AFF" + "01" + "0009" + "00000A0099FF" + "01" + "02" + "120034" + "120034")!;

        answer.Should().Be("C703C1" + "02" + "0000" + "0400");
    }

    private static ScriptedClient Associated(bool hasBlocks)
    {
        EsmeFixture fixture = new(model => model with { HasGeneralBlocks = hasBlocks });
        fixture.Client.Connect();
        fixture.Client.Send(AarqWithBlocks).Should().StartWith("6129");
        return fixture.Client;
    }
}
