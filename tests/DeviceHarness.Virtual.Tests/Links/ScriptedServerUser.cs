using DeviceHarness.Virtual.Links;

namespace DeviceHarness.Virtual.Tests.Links;

/// <summary>An application that answers what the test says and keeps what it was asked.</summary>
internal sealed class ScriptedServerUser : IServerLinkUser
{
    public List<string> Events { get; } = [];

    public byte[] Answer { get; set; } = [0xC4];

    public void OnConnected(int client) => Events.Add($"connected {client}");

    public void OnDisconnected() => Events.Add("disconnected");

    public ReadOnlyMemory<byte> OnApdu(ReadOnlySpan<byte> apdu)
    {
        Events.Add(Convert.ToHexString(apdu));
        return Answer;
    }

    public ReadOnlyMemory<byte> OnApduTooLong()
    {
        Events.Add("too long");
        return new byte[] { 0xD8 };
    }
}
