using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Who may invoke a method.</summary>
/// <param name="Id">The method, from 1.</param>
/// <param name="Invoke">The least that a client must be; null when nobody may.</param>
public readonly record struct CosemMethodRights(int Id, ClientAccess? Invoke)
{
    /// <summary>Whether a client may invoke it.</summary>
    public bool CanInvoke(ClientAccess client) => Invoke is ClientAccess least && client >= least;
}
