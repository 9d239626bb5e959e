using DeviceHarness.Codecs.Dlms;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class BlockTransferTests
{
    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(1000, 7, 143)]
    public void What_is_split_comes_together_again(int octetCount, int blockOctets, int expectedBlocks)
    {
        byte[] value = new byte[octetCount];
        new Random(3).NextBytes(value);
        BlockSplitter splitter = new(value);
        BlockAssembler assembler = new();

        while (splitter.TryNext(blockOctets))
        {
            BlockOutcome outcome = assembler.Add(splitter.BlockNumber, splitter.IsLast, splitter.Current.Span);
            outcome.Should().Be(splitter.IsLast ? BlockOutcome.Complete : BlockOutcome.Continue);
        }

        splitter.BlockNumber.Should().Be((uint)expectedBlocks);
        assembler.IsComplete.Should().BeTrue();
        assembler.Octets.ToArray().Should().Equal(value);
    }

    [Fact]
    public void A_wrong_number_changes_nothing_and_reset_starts_at_one()
    {
        BlockAssembler assembler = new();
        assembler.Add(1, false, [1, 2]).Should().Be(BlockOutcome.Continue);

        assembler.Add(1, false, [9]).Should().Be(BlockOutcome.WrongNumber);
        assembler.Add(3, true, [9]).Should().Be(BlockOutcome.WrongNumber);
        assembler.Octets.ToArray().Should().Equal(1, 2);
        assembler.ExpectedNumber.Should().Be(2);

        assembler.Reset();
        assembler.Add(1, true, [7]).Should().Be(BlockOutcome.Complete);
        assembler.Octets.ToArray().Should().Equal(7);
        assembler.Add(2, true, []).Should().Be(BlockOutcome.WrongNumber, "nothing follows the last block");
    }

    [Fact]
    public void A_value_longer_than_the_limit_is_refused()
    {
        BlockAssembler assembler = new(maximumOctets: 3);
        assembler.Add(1, false, [1, 2]).Should().Be(BlockOutcome.Continue);

        assembler.Add(2, false, [3, 4]).Should().Be(BlockOutcome.TooLong);
        assembler.Add(2, true, [3]).Should().Be(BlockOutcome.Complete);
    }

    [Fact]
    public void The_default_limit_is_reached_and_not_passed()
    {
        BlockAssembler assembler = new();
        byte[] half = new byte[BlockAssembler.DefaultMaximumOctets / 2];

        assembler.Add(1, false, half).Should().Be(BlockOutcome.Continue);
        assembler.Add(2, false, half).Should().Be(BlockOutcome.Continue);
        assembler.Add(3, true, [0]).Should().Be(BlockOutcome.TooLong);
    }
}
