namespace DeviceHarness.Codecs.Security;

/// <summary>Keeps, for one key of one device, the highest invocation counter that each sender was taken at.</summary>
/// <remarks>A nonce is the sender's title and its counter, so each sender has a counter of its own. It is told at each counter that is
/// taken: what was recorded before a restart is then refused after it.</remarks>
public interface IReceivedCounterStore
{
    /// <summary>The last counter that was kept of a sender; null when there is none.</summary>
    /// <param name="sender">The sender.</param>
    uint? LastOf(SystemTitle sender);

    /// <summary>Keeps a counter; it outlasts the process when this returns.</summary>
    /// <param name="sender">The sender.</param>
    /// <param name="last">The highest counter that was taken of it.</param>
    void Save(SystemTitle sender, uint last);
}
