namespace DeviceHarness.Virtual.Links;

/// <summary>What sits on top of a secondary station: the COSEM application.</summary>
public interface IServerLinkUser
{
    /// <summary>A client connected (or connected anew): whatever was associated before is gone.</summary>
    /// <param name="client">The client's address.</param>
    void OnConnected(int client);

    /// <summary>The link went: by DISC, or silently after the inactivity time-out.</summary>
    void OnDisconnected();

    /// <summary>How much longer than usual the answer to the last APDU takes.</summary>
    TimeSpan ExtraThinkTime => TimeSpan.Zero;

    /// <summary>Whether the next I frame leaves with a wrong checksum.</summary>
    bool GarblesNextFrame() => false;

    /// <summary>Whether something waits that the device tells by itself, unasked.</summary>
    bool HasPush => false;

    /// <summary>The client that it is told to: its HDLC address or port.</summary>
    int PushClient => 0;

    /// <summary>For how long nothing must have passed the line before it is told.</summary>
    TimeSpan PushQuietTime => TimeSpan.Zero;

    /// <summary>Takes what waits.</summary>
    /// <returns>The APDU, valid until the next call; empty when nothing can be told after all.</returns>
    ReadOnlyMemory<byte> TakePush() => ReadOnlyMemory<byte>.Empty;

    /// <summary>An APDU arrived whole.</summary>
    /// <param name="apdu">The APDU without its LLC header; valid during the call.</param>
    /// <returns>The APDU to answer; empty when there is none.</returns>
    ReadOnlyMemory<byte> OnApdu(ReadOnlySpan<byte> apdu);

    /// <summary>Whether the last APDU is followed by more that belong to it, so that the station says at once that it has it.</summary>
    bool IsAwaitingMore => false;

    /// <summary>Takes an APDU that follows the one answered last, once the client has that one.</summary>
    /// <returns>The APDU, valid until the next call; empty when there is none.</returns>
    ReadOnlyMemory<byte> TakeMore() => ReadOnlyMemory<byte>.Empty;

    /// <summary>An APDU arrived that is longer than the station can put together.</summary>
    /// <returns>The APDU to answer; empty when there is none.</returns>
    ReadOnlyMemory<byte> OnApduTooLong();
}
