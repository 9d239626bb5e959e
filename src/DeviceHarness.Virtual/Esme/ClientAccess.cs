namespace DeviceHarness.Virtual.Esme;

/// <summary>What a client may do once it is associated.</summary>
public enum ClientAccess
{
    /// <summary>Reads what identifies the meter, and its clock; changes nothing.</summary>
    Identity = 0,

    /// <summary>Reads everything, sets and acts.</summary>
    Management = 1,
}
