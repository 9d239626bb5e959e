using System.Buffers.Binary;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Power;

/// <summary>An INA219 or INA226: a current and voltage sensor at an I2C bus. One caller at a time.</summary>
/// <remarks>Spec: Texas Instruments SBOS448 (INA219) and SBOS547 (INA226): 16-bit registers behind a pointer, the octet of the larger value
/// first.</remarks>
/// <param name="device">The device; whoever made it closes it.</param>
/// <param name="kind">Which of the two.</param>
/// <param name="shuntOhms">The shunt, in ohms.</param>
/// <param name="maximumAmperes">The largest current, in amperes: the sensor's steps are as fine as that allows.</param>
public sealed class PowerMonitor(II2cDevice device, PowerMonitorKind kind, double shuntOhms, double maximumAmperes)
{
    private const byte Configuration = 0x00;
    private const byte BusVoltage = 0x02;
    private const byte Power = 0x03;
    private const byte Current = 0x04;
    private const byte Calibration = 0x05;
    private const byte ManufacturerId = 0xFE;

    private readonly ushort _calibration = kind.Fits(shuntOhms, maximumAmperes)
        ? kind.CalibrationOf(shuntOhms, maximumAmperes)
        : throw new ArgumentOutOfRangeException(
            nameof(maximumAmperes), "the sensor's calibration register or its range does not hold it");

    private readonly ushort _configuration = kind.ConfigurationOf(shuntOhms, maximumAmperes);

    /// <summary>A step of the current, in amperes: what the calibration came to, its fraction cut off.</summary>
    public double CurrentStepAmperes => kind.CalibrationFactor / (_calibration * shuntOhms);

    /// <summary>Sees that it is the sensor, and sets it up.</summary>
    /// <exception cref="Abstractions.Errors.TransportException">INA-001 another maker; INA-002 it does not keep what it is told; else the
    /// bus fails.</exception>
    public void Start()
    {
        if (kind.ManufacturerId is { } maker && Read(ManufacturerId) is var found && found != maker)
        {
            throw PowerMonitorFaults.WrongMaker(device.Name, found);
        }

        foreach ((byte register, ushort value) in new[] { (Configuration, _configuration), (Calibration, _calibration) })
        {
            device.Transfer([register, (byte)(value >> 8), (byte)value], []);
            Check(register, value);
        }
    }

    /// <summary>Reads what it measured last.</summary>
    /// <exception cref="Abstractions.Errors.TransportException">INA-002 it forgot what it was told, so its current means nothing;
    /// INA-003 it is beyond its range; else the bus fails.</exception>
    public PowerSample Read()
    {
        // After a moment without its own supply the calibration is 0, and so is the current: that is not a supply that is off.
        Check(Calibration, _calibration);
        ushort bus = Read(BusVoltage);
        short current = (short)Read(Current);
        ushort power = Read(Power);
        ushort flags = kind.OverflowRegister == BusVoltage ? bus : Read(kind.OverflowRegister);
        return (flags & kind.OverflowMask) == 0
            ? new PowerSample(
                (bus >> kind.BusShift) * kind.BusStepVolts, current * CurrentStepAmperes,
                power * CurrentStepAmperes * kind.PowerSteps)
            : throw PowerMonitorFaults.Overflow(device.Name);
    }

    private void Check(byte register, ushort written)
    {
        ushort found = Read(register);
        if (found != written)
        {
            throw PowerMonitorFaults.Forgetful(device.Name, register, written, found);
        }
    }

    private ushort Read(byte register)
    {
        Span<byte> octets = stackalloc byte[2];
        device.Transfer([register], octets);
        return BinaryPrimitives.ReadUInt16BigEndian(octets);
    }
}
