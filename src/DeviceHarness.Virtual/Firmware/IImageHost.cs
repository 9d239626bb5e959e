using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Firmware;

/// <summary>What an image transfer needs of the meter around it.</summary>
public interface IImageHost
{
    /// <summary>The time since the meter process started, which nothing can set.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>The version that runs.</summary>
    string FirmwareVersion { get; }

    /// <summary>Whether a defect is planted.</summary>
    bool Has(EsmeDefects defect);

    /// <summary>Enters an event into the logs.</summary>
    void Enter(EventCode code);

    /// <summary>The bench's power fails now.</summary>
    void CutPower();

    /// <summary>The meter restarts to run another image.</summary>
    /// <param name="silence">How long it is silent.</param>
    void Restart(TimeSpan silence);

    /// <summary>The meter runs another version from now on.</summary>
    void RunFirmware(string version);
}
