using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class GeneralBlockSenderTests
{
    private static readonly byte[] Apdu = [.. Enumerable.Range(0, 10).Select(octet => (byte)octet)];

    [Fact]
    public void The_first_block_of_a_request_is_that_of_another_implementation()
    {
        GeneralBlockSender sender = new("C001C100080000010000FF0200".Octets(), blockOctets: 5);

        sender.TryNext(acknowledgedNumber: 0, ownWindowBlocks: 1, out GeneralBlockTransfer block).Should().BeTrue();

        Encoded(block).ShouldBeHex("E0010001000005C001C10008");
    }

    [Fact]
    public void A_push_streams_all_blocks_with_window_zero_as_a_real_meter_does()
    {
        byte[] first = TestVector.Load("dlms/dlms-vectors.json").Single(vector => vector.Name == "gbt-push-first").Octets;
        GeneralBlockTransfer.Decode(first, out GeneralBlockTransfer expected, out _, out _);
        byte[] apdu = [.. expected.Data, 1, 2, 3];
        GeneralBlockSender sender = new(apdu, expected.Data.Length, windowBlocks: 0);

        sender.TryNext(0, 0, out GeneralBlockTransfer block).Should().BeTrue();
        Encoded(block).ShouldBeHex(Convert.ToHexString(first));
        sender.TryNext(0, 0, out block).Should().BeTrue();
        Encoded(block).ShouldBeHex("E0 80 00 02 00 00 03 01 02 03");
        sender.IsComplete.Should().BeTrue("a push is not acknowledged");
        sender.TryNext(0, 0, out _).Should().BeFalse();
    }

    [Fact]
    public void A_row_has_as_many_blocks_as_the_window_and_only_its_last_asks_for_an_answer()
    {
        GeneralBlockSender sender = new(Apdu, blockOctets: 2, windowBlocks: 3);

        Row(sender).Should().Equal("1s", "2s", "3");
        sender.MustWait.Should().BeTrue();
        sender.Acknowledge(3, 63).Should().Be(GeneralBlockOutcome.Taken);
        Row(sender).Should().Equal("4s", "5L");
        sender.IsComplete.Should().BeFalse();
        sender.Acknowledge(5, 63).Should().Be(GeneralBlockOutcome.Complete);
        sender.IsComplete.Should().BeTrue();
    }

    [Fact]
    public void Lost_blocks_come_again_behind_the_last_good_one()
    {
        GeneralBlockSender sender = new(Apdu, blockOctets: 2, windowBlocks: 4);
        Row(sender).Should().Equal("1s", "2s", "3s", "4");

        sender.Acknowledge(1, 2).Should().Be(GeneralBlockOutcome.Gap);

        Row(sender).Should().Equal("2s", "3");
        sender.Acknowledge(1, 2).Should().Be(GeneralBlockOutcome.Gap, "both were lost again");
        Row(sender).Should().Equal("2s", "3");
        sender.Acknowledge(4, 2).Should().Be(GeneralBlockOutcome.Taken, "block 4 of the first row had come");
        Row(sender).Should().Equal("5L");
    }

    [Fact]
    public void An_older_acknowledgement_changes_nothing_and_one_of_a_block_never_sent_is_refused()
    {
        GeneralBlockSender sender = new(Apdu, blockOctets: 2, windowBlocks: 1, firstNumber: 7);
        Row(sender).Should().Equal("7");
        sender.Acknowledge(7, 1).Should().Be(GeneralBlockOutcome.Taken);

        sender.Acknowledge(6, 1).Should().Be(GeneralBlockOutcome.Repeated);
        sender.Acknowledge(8, 1).Should().Be(GeneralBlockOutcome.NeverSent);

        Row(sender).Should().Equal("8");
        sender.Acknowledge(7, 0).Should().Be(GeneralBlockOutcome.Gap, "a window of 0 is read as 1");
        Row(sender).Should().Equal("8");
    }

    [Fact]
    public void A_time_out_repeats_the_row()
    {
        GeneralBlockSender sender = new(Apdu, blockOctets: 3, windowBlocks: 2);
        Row(sender).Should().Equal("1s", "2");

        sender.Repeat();

        Row(sender).Should().Equal("1s", "2");
    }

    [Fact]
    public void The_numbers_of_sixteen_bits_are_the_limit_of_one_transfer()
    {
        byte[] largest = new byte[GeneralBlockSender.MaximumBlocks];

        new GeneralBlockSender(largest, 1).BlockCount.Should().Be(65_535);

        FluentActions.Invoking(() => new GeneralBlockSender(new byte[65_536], 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new GeneralBlockSender(largest, 1, 1, firstNumber: 2)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new GeneralBlockSender(default, 1)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new GeneralBlockSender(Apdu, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new GeneralBlockSender(Apdu, 1, 64)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new GeneralBlockSender(Apdu, 1, 1, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static List<string> Row(GeneralBlockSender sender)
    {
        List<string> row = [];
        while (sender.TryNext(0, 1, out GeneralBlockTransfer block))
        {
            row.Add($"{block.BlockNumber}{(block.IsLast ? "L" : "")}{(block.IsStreaming ? "s" : "")}");
        }

        return row;
    }

    private static byte[] Encoded(in GeneralBlockTransfer block)
    {
        byte[] target = new byte[256];
        GeneralBlockTransfer.Encode(block, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }
}
