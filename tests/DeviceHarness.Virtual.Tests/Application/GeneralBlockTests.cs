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
    public void With_a_window_of_the_client_a_row_is_streamed_and_waits_for_one_acknowledgement()
    {
        ScriptedClient client = Associated(hasBlocks: true);
        string first = client.Send(ObjectList)!;

        string[] row = [client.Send("E083" + "0001" + "0001" + "00")!, client.Next(), client.Next()];
        ServerFrame idle = client.Poll();
        string next = client.Send("E083" + "0001" + "0004" + "00")!;

        first.Should().StartWith("E001" + "0001", "the client's window is not known yet");
        row.Select(block => block[..8]).Should().Equal("E0410002", "E0410003", "E0010004");
        (idle.Control & 0x0F).Should().Be(0x01, "the row is over");
        next.Should().StartWith("E041" + "0005");
    }

    [Fact]
    public void A_block_that_was_lost_in_a_row_comes_again_with_those_behind_it()
    {
        ScriptedClient client = Associated(hasBlocks: true);
        client.Send(ObjectList);
        string[] row = [client.Send("E083" + "0001" + "0001" + "00")!, client.Next(), client.Next()];

        string[] again = [client.Send("E083" + "0001" + "0002" + "00")!, client.Next(), client.Next()];

        again[..2].Select(block => block[8..]).Should().Equal(row[1..].Select(block => block[8..]), "the same numbers and data");
        again.Select(block => block[..8]).Should().Equal("E0410003", "E0410004", "E0010005");
    }

    [Fact]
    public void A_row_of_the_client_is_acknowledged_once_and_carried_out_once_whatever_is_lost_or_comes_twice()
    {
        EsmeFixture fixture = new(model => model with { HasGeneralBlocks = true, GeneralBlockWindow = 4 });
        ScriptedClient client = Associated(fixture);
        string[] data = ["04" + "C301C100", "07" + "0900000A006AFF", "05" + "0101120034"];

        client.SendOneWay("E043" + "0001" + "0000" + data[0]);
        string gap = client.Send("E083" + "0003" + "0000" + data[2])!;
        client.SendOneWay("E043" + "0002" + "0001" + data[1]);
        client.SendOneWay("E043" + "0002" + "0001" + data[1]);
        string answer = client.Send("E083" + "0003" + "0001" + data[2])!;
        string again = client.Send("E083" + "0003" + "0001" + data[2])!;

        gap.Should().Be("E084" + "0001" + "0001" + "00", "block 1 came and block 2 did not");
        answer.Should().Be("E084" + "0002" + "0003" + "05" + "C701C10000");
        again.Should().Be(answer);
        fixture.Commands.Count(command => command.Object.Contains("10.0.106", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void A_second_request_in_blocks_begins_a_new_exchange()
    {
        ScriptedClient client = Associated(hasBlocks: true);
        const string request = "E081" + "0001" + "0000" + "0D" + "C001C100010000600100FF0200";

        string first = client.Send(request)!;
        string second = client.Send(request)!;

        first.Should().StartWith("E081" + "0001" + "0001").And.Contain("C401C100");
        second.Should().Be(first);
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

    private static ScriptedClient Associated(bool hasBlocks) =>
        Associated(new EsmeFixture(model => model with { HasGeneralBlocks = hasBlocks }));

    private static ScriptedClient Associated(EsmeFixture fixture)
    {
        fixture.Client.Connect();
        fixture.Client.Send(AarqWithBlocks).Should().StartWith("6129");
        return fixture.Client;
    }
}
