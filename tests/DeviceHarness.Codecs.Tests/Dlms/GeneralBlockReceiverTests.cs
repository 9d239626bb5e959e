using DeviceHarness.Codecs.Dlms;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class GeneralBlockReceiverTests
{
    [Fact]
    public void Only_an_unbroken_row_is_acknowledged_and_what_is_behind_a_gap_is_passed_over()
    {
        GeneralBlockReceiver receiver = new();

        Add(receiver, 1, [1]).Should().Be(GeneralBlockOutcome.Taken);
        Add(receiver, 3, [3]).Should().Be(GeneralBlockOutcome.Gap);
        receiver.AcknowledgedNumber.Should().Be(1);
        Add(receiver, 1, [9]).Should().Be(GeneralBlockOutcome.Repeated);
        Add(receiver, 2, [2]).Should().Be(GeneralBlockOutcome.Taken);
        Add(receiver, 3, [3], isLast: true).Should().Be(GeneralBlockOutcome.Complete);
        receiver.Octets.ToArray().Should().Equal(1, 2, 3);
        Add(receiver, 4, [4], isLast: true).Should().Be(GeneralBlockOutcome.Repeated, "nothing follows the last block");

        receiver.AcknowledgedNumber.Should().Be(3);
        receiver.Octets.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Blocks_that_only_acknowledge_count_before_the_data()
    {
        GeneralBlockReceiver receiver = new();

        Add(receiver, 1, []).Should().Be(GeneralBlockOutcome.Repeated);
        Add(receiver, 3, []).Should().Be(GeneralBlockOutcome.Repeated, "block 2 was lost and held no data");
        Add(receiver, 5, [8]).Should().Be(GeneralBlockOutcome.Gap);
        Add(receiver, 4, [7], isLast: true).Should().Be(GeneralBlockOutcome.Complete);

        receiver.Octets.ToArray().Should().Equal(7);
        receiver.AcknowledgedNumber.Should().Be(4);
    }

    [Fact]
    public void A_peer_that_numbers_its_data_from_one_is_understood_too()
    {
        GeneralBlockReceiver receiver = new();
        Add(receiver, 1, []);
        Add(receiver, 2, []);

        Add(receiver, 1, [7]).Should().Be(GeneralBlockOutcome.Taken);

        receiver.AcknowledgedNumber.Should().Be(1);
    }

    [Fact]
    public void An_apdu_beyond_the_limit_is_refused_and_the_limit_itself_is_taken()
    {
        GeneralBlockReceiver receiver = new(maximumOctets: 3);

        Add(receiver, 1, [1, 2]).Should().Be(GeneralBlockOutcome.Taken);
        Add(receiver, 2, [3, 4]).Should().Be(GeneralBlockOutcome.TooLong);
        Add(receiver, 2, [3], isLast: true).Should().Be(GeneralBlockOutcome.Complete);
    }

    [Fact]
    public void The_next_apdu_of_an_exchange_goes_on_counting_and_a_reset_starts_at_one()
    {
        GeneralBlockReceiver receiver = new();
        Add(receiver, 1, [1], isLast: true);

        receiver.AwaitNext();
        Add(receiver, 2, [2], isLast: true).Should().Be(GeneralBlockOutcome.Complete);
        receiver.Octets.ToArray().Should().Equal(2);
        receiver.Reset();

        receiver.AcknowledgedNumber.Should().Be(0);
        Add(receiver, 2, [2]).Should().Be(GeneralBlockOutcome.Gap);
        Add(receiver, 1, [1]).Should().Be(GeneralBlockOutcome.Taken);
    }

    private static GeneralBlockOutcome Add(GeneralBlockReceiver receiver, ushort number, byte[] data, bool isLast = false) =>
        receiver.Add(new GeneralBlockTransfer(isLast, false, 1, number, 0, data));
}
