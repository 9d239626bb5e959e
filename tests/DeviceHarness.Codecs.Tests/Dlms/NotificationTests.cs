using System.Buffers;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class NotificationTests
{
    private const string Moment = "07EA0B16FF010203FF000000";

    [Theory]
    [InlineData("0FC0000001 00 110A", false)]
    [InlineData("0FC0000001 0C" + Moment + "110A", true)]
    [InlineData("0FC0000001 090C" + Moment + "110A", true)]
    [InlineData("0FC0000001 05 07EA0B16FF 110A", false)]
    public void A_data_notification_tells_its_time_in_each_form(string apdu, bool hasTime)
    {
        DataNotification.Decode(apdu.Octets(), out DataNotification push, out _, out _).Should().Be(OperationStatus.Done);

        push.TryGetTime(out CosemDateTime time).Should().Be(hasTime);
        time.Year.Should().Be((ushort)(hasTime ? 2026 : 0));
        push.InvokeId.Should().Be(LongInvokeIdAndPriority.Create(1, isConfirmed: true, isHighPriority: true));
        push.Data.ToArray().ShouldBeHex("110A");
    }

    [Theory]
    [InlineData("C2 00 00030100010800FF02 110A", false)]
    [InlineData("C2 010C" + Moment + "00030100010800FF02 110A", true)]
    [InlineData("C2 090C" + Moment + "00030100010800FF02 110A", true)]
    public void An_event_notification_tells_its_time_in_each_form(string apdu, bool hasTime)
    {
        EventNotification.Decode(apdu.Octets(), out EventNotification happened, out _, out _).Should().Be(OperationStatus.Done);

        happened.TryGetTime(out CosemDateTime time).Should().Be(hasTime);
        time.Month.Should().Be((byte)(hasTime ? 11 : 0));
    }

    [Fact]
    public void A_long_invoke_id_has_its_bits()
    {
        LongInvokeIdAndPriority all = new(0xF0FF_FFFF);
        LongInvokeIdAndPriority none = LongInvokeIdAndPriority.Create(0x0100_0001);

        (all.InvokeId, all.IsConfirmed, all.IsHighPriority, all.BreaksOnError, all.IsSelfDescriptive)
            .Should().Be((LongInvokeIdAndPriority.MaximumInvokeId, true, true, true, true));
        (none.InvokeId, none.IsConfirmed, none.IsHighPriority, none.BreaksOnError, none.IsSelfDescriptive)
            .Should().Be((1u, false, false, false, false));
        new LongInvokeIdAndPriority(475).ToString().Should().Be("invoke 475 unconfirmed normal");
    }
}
