namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What sits on the adapter's side of the ASH link.</summary>
public interface IAshNcpUser
{
    /// <summary>The host reset the adapter: whatever was not kept is gone.</summary>
    /// <param name="now">The time.</param>
    void OnReset(TimeSpan now);

    /// <summary>A frame came, whole and in its order.</summary>
    /// <param name="frame">The frame; valid during the call.</param>
    /// <param name="now">The time.</param>
    void OnFrame(ReadOnlySpan<byte> frame, TimeSpan now);
}
