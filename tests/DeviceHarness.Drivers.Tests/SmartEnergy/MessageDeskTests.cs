using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.SmartEnergy;

/// <summary>A display that asks the harness for messages.</summary>
public sealed class MessageDeskTests
{
    private const ushort Messaging = 0x0703;

    private readonly List<(ulong Eui64, uint Id)> _confirmed = [];

    [Fact]
    public async Task The_last_message_is_told_to_who_asks_and_its_confirmation_is_noted()
    {
        MessageDesk desk = new() { Confirmed = (eui64, id) => _confirmed.Add((eui64, id)) };
        await using HanBench bench = await HanBench.StartAsync(change: options => options with { Servers = [desk] });

        string none = await AskAsync(bench, "00");
        desk.Show(0x01020304, "Credit is low");
        string shown = await AskAsync(bench, "00");
        string stranger = await AskAsync(bench, "01 05030201 00000000");
        string confirmed = await AskAsync(bench, "01 04030201 00000000");

        none.Should().Be("0B008B", "there is none: not found");

        // Number, confirmation wanted, from now, until changed, the text with its length.
        shown.Should().Be("00" + "04030201" + "80" + "00000000" + "FFFF" + "0D" + Convert.ToHexString("Credit is low"u8));
        (stranger, confirmed).Should().Be(("0B018B", "0B0100"));
        _confirmed.Should().Equal((HanBench.Meter, 0x01020304u));
    }

    /// <summary>Command and payload of what the display is answered.</summary>
    private static async Task<string> AskAsync(HanBench bench, string command)
    {
        bench.Receive(Messaging, new byte[] { 0x01, 0x77 }.Concat(command.Octets()).ToArray());
        HanBench.Sent answer = await bench.SentAsync();
        answer.Message.IsApsEncrypted.Should().BeTrue();
        return $"{answer.Header.Command:X2}{Convert.ToHexString(answer.Payload.Span)}";
    }
}
