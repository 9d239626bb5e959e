using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Virtual.Power;

/// <summary>An INA219 or INA226 at a virtual I2C bus, with a supply behind its shunt. Safe for use from any thread.</summary>
/// <remarks>
/// Spec: Texas Instruments SBOS448, section 8.6, and SBOS547, section 7.1. 16-bit registers, the octet of the larger value first.
/// <code>
/// 00h configuration  reset 399Fh | 4127h; bit 15 resets
/// 01h shunt voltage  10 uV | 2.5 uV
/// 02h bus voltage    4 mV in bits 15 to 3, bit 0 overflow | 1.25 mV
/// 03h power          current * bus / 5,000 | current * bus / 20,000
/// 04h current        shunt * calibration / 4,096 | shunt * calibration / 2,048
/// 05h calibration    bit 0 is not there | bit 15 is not there
/// 06h mask, enable   INA226 alone: bit 2 overflow
/// FEh maker          INA226 alone: 5449h
/// </code>
/// </remarks>
public sealed class VirtualPowerMonitor : II2cDevice
{
    private const int Reset219 = 0x399F;
    private const int Reset226 = 0x4127;

    private readonly Lock _gate = new();
    private readonly bool _isIna226;
    private readonly double _shuntOhms;
    private int _configuration;
    private int _calibration;

    /// <summary>Fits one.</summary>
    /// <param name="isIna226">Whether it is an INA226; else an INA219.</param>
    /// <param name="shuntOhms">The shunt that is fitted, in ohms.</param>
    public VirtualPowerMonitor(bool isIna226, double shuntOhms)
    {
        _isIna226 = isIna226;
        _shuntOhms = shuntOhms;
        Restart();
    }

    /// <inheritdoc/>
    public string Name => "/dev/i2c-1 0x40";

    /// <summary>What is behind its shunt now: volts and amperes.</summary>
    public Func<(double Volts, double Amperes)> Supply { get; set; } = () => (0, 0);

    /// <summary>Whether nothing acknowledges its address.</summary>
    public bool IsUnplugged { get; set; }

    /// <summary>What it says of its maker, of an INA226.</summary>
    public int Maker { get; set; } = 0x5449;

    /// <summary>Its own supply was away for a moment: it is as new.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _configuration = _isIna226 ? Reset226 : Reset219;
            _calibration = 0;
        }
    }

    /// <inheritdoc/>
    public void Transfer(ReadOnlySpan<byte> written, Span<byte> read)
    {
        lock (_gate)
        {
            if (IsUnplugged)
            {
                throw new TransportException("I2C-003", $"{Name}: nothing acknowledges the address", Name);
            }

            if (written.Length == 3)
            {
                Write(written[0], (written[1] << 8) | written[2]);
            }

            if (read.Length == 2)
            {
                int value = Read(written[0]);
                read[0] = (byte)(value >> 8);
                read[1] = (byte)value;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The chip stays where it is soldered.
    }

    private void Write(int register, int value)
    {
        if (register == 0x00 && (value & 0x8000) != 0)
        {
            Restart();
        }
        else if (register == 0x00)
        {
            _configuration = value;
        }
        else if (register == 0x05)
        {
            _calibration = value & (_isIna226 ? 0x7FFF : 0xFFFE);
        }
    }

    private int Read(int register)
    {
        (double volts, double amperes) = Supply();
        int full = _isIna226 ? 32_767 : 4_000 << ((_configuration >> 11) & 3);
        int shunt = Math.Clamp((int)Math.Round(amperes * _shuntOhms / (_isIna226 ? 2.5e-6 : 10e-6)), -full, full);
        int bus = Math.Clamp((int)Math.Round(volts / (_isIna226 ? 1.25e-3 : 4e-3)), 0, _isIna226 ? 0x7FFF : 8_000);
        long current = (long)shunt * _calibration / (_isIna226 ? 2_048 : 4_096);
        long power = Math.Abs(current) * bus / (_isIna226 ? 20_000 : 5_000);
        bool isOver = Math.Abs(current) > short.MaxValue || power > ushort.MaxValue;
        return register switch
        {
            0x00 => _configuration,
            0x01 => (ushort)shunt,
            0x02 => _isIna226 ? bus : (bus << 3) | 0x02 | (isOver ? 1 : 0),
            0x03 => (ushort)power,
            0x04 => (ushort)current,
            0x05 => _calibration,
            0x06 when _isIna226 => 0x08 | (isOver ? 0x04 : 0),
            0xFE when _isIna226 => Maker,
            _ => 0,
        };
    }
}
