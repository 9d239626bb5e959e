using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Who may read and write an attribute.</summary>
/// <param name="Id">The attribute, from 1.</param>
/// <param name="Read">The least that a client must be to read it; null when nobody may.</param>
/// <param name="Write">The least that a client must be to write it; null when nobody may.</param>
public readonly record struct CosemAttributeRights(int Id, ClientAccess? Read, ClientAccess? Write = null)
{
    /// <summary>Whether a client may read it.</summary>
    public bool CanRead(ClientAccess client) => Read is ClientAccess least && client >= least;

    /// <summary>Whether a client may write it.</summary>
    public bool CanWrite(ClientAccess client) => Write is ClientAccess least && client >= least;

    /// <summary>The access mode as the object list says it: 0 none, 1 read, 2 write, 3 both.</summary>
    public byte ModeFor(ClientAccess client) => (byte)((CanRead(client) ? 1 : 0) | (CanWrite(client) ? 2 : 0));
}
