using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Power;

/// <summary>The errors of current and voltage sensors, in one place: code, what happened, what to try. All are the bench's.</summary>
internal static class PowerMonitorFaults
{
    internal static TransportException WrongMaker(string where, int found) =>
        new(
            "INA-001", $"{where}: its register FEh says {found:X4}h, an INA226 says 5449h: something else is at the address; look "
            + "at 'sensor' and 'address'", where);

    internal static TransportException Forgetful(string where, byte register, int written, int found) =>
        new(
            "INA-002", $"{where}: its register {register:X2}h was set to {written:X4}h and holds {found:X4}h: it is no such sensor, or it "
            + "was without its own supply meanwhile; see to that, and look at 'sensor' and 'address'", where);

    internal static TransportException Overflow(string where) =>
        new(
            "INA-003", $"{where}: current or power is beyond what its calibration holds; is 'maximum' too small, or 'shunt' not the one "
            + "that is fitted?", where);
}
