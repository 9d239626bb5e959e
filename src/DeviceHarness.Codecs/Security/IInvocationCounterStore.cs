namespace DeviceHarness.Codecs.Security;

/// <summary>Keeps, for one key of one device, which invocation counters were never used.</summary>
/// <remarks>
/// A counter that is used twice with one key breaks the key, so the store is asked before a counter is used, never after. It is asked once
/// for many counters; after a crash those not used are lost, which costs nothing: receivers take every higher counter.
/// </remarks>
public interface IInvocationCounterStore
{
    /// <summary>Writes durably that every counter below may have been used; returns when that is on disk.</summary>
    /// <param name="firstFree">The first counter that was surely not used; FFFFFFFF when the key is used up.</param>
    void Save(uint firstFree);
}
