using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>What objects ask of the device that they show.</summary>
internal interface IObjectHost
{
    /// <summary>The device lives until now.</summary>
    void Settle();

    /// <summary>Keeps in flash what a client changed.</summary>
    void Keep();

    /// <summary>Whether a defect is planted.</summary>
    bool Has(EsmeDefects defect);
}
