using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Auxiliary;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The objects of auxiliary loads and boost buttons; a meter without has none of them.</summary>
/// <remarks>Codes as the domain guide gives them (GB list; the loads as switches of class 70 are the harness's own).</remarks>
internal static class AuxiliaryObjects
{
    private const int ButtonBits = 8;
    private const int MaximumLabelOctets = 22;
    private const byte ExternalControl = 4;

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        AuxiliaryLoads auxiliary = composer.Meter.Engines.Auxiliary;
        AuxiliaryOptions options = composer.Meter.Model.Auxiliary;
        if (auxiliary.Loads.Count == 0)
        {
            yield break;
        }

        yield return Scripts(composer, auxiliary);
        for (int load = 1; load <= auxiliary.Loads.Count; load++)
        {
            AuxiliaryLoad item = auxiliary.Loads[load - 1];
            yield return composer.Data($"0-0:94.44.117.{load}", (ref AxdrWriter writer) => writer.WriteBoolean(item.IsClosed));
            yield return composer.Setting(
                $"0-0:94.44.0.{10 + load}", Label(options.Loads[load - 1].Label), CheckLabel);
            yield return Switch(composer, auxiliary, load);
        }

        yield return composer.Schedule(
            "0-0:12.0.2.255", auxiliary.Calendar, AuxiliaryLoads.ScriptTable, script => IsSwitching(auxiliary, script), auxiliary.Look);
        yield return composer.SpecialDaysTable("0-0:11.0.3.255", auxiliary.Calendar.SpecialDays, auxiliary.Look);
        for (int button = 1; auxiliary.IsBoostRemote && button <= auxiliary.Buttons.Count; button++)
        {
            yield return Button(composer, auxiliary, button);
        }
    }

    private static bool IsSwitching(AuxiliaryLoads auxiliary, ushort script)
    {
        int load = script / AuxiliaryLoads.ScriptsPerLoad;
        return load >= 1 && load <= auxiliary.Loads.Count && script % AuxiliaryLoads.ScriptsPerLoad <= 1;
    }

    private static ComposedObject Scripts(ObjectComposer composer, AuxiliaryLoads auxiliary) => composer.Object(
        9, 0, AuxiliaryLoads.ScriptTable,
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(auxiliary.Loads.Count * 3);
                for (int script = 0; script < auxiliary.Loads.Count * 3; script++)
                {
                    writer.WriteStructure(2);
                    writer.WriteLongUnsigned((ushort)((((script / 3) + 1) * AuxiliaryLoads.ScriptsPerLoad) + (script % 3)));
                    writer.WriteArray(0);
                }
            }),
        ],
        [
            new CosemMethod(1, parameters =>
            {
                if (!ActionParameters.TryReadNumber(parameters, DlmsDataType.LongUnsigned, out long script))
                {
                    return ActionResult.TypeUnmatched;
                }

                return auxiliary.Execute(script) switch
                {
                    true => ActionResult.Success,
                    false => ActionResult.ReadWriteDenied,
                    null => ActionResult.ObjectUndefined,
                };
            }),
        ]);

    private static ComposedObject Switch(ObjectComposer composer, AuxiliaryLoads auxiliary, int load)
    {
        return composer.Object(
            70, 0, new ObisCode(0, (byte)load, 96, 3, 10, 255),
            [
                new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteBoolean(auxiliary.Loads[load - 1].IsClosed)),
                new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum((byte)(auxiliary.Loads[load - 1].IsClosed ? 1 : 0))),
                new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteEnum(
                    auxiliary.IsRemoteOverrideAllowed ? ExternalControl : (byte)0)),
            ],
            [new CosemMethod(1, parameters => Move(parameters, false)), new CosemMethod(2, parameters => Move(parameters, true))]);

        ActionResult Move(ReadOnlySpan<byte> parameters, bool isClosed) =>
            !ActionParameters.IsIntegerZero(parameters) ? ActionResult.TypeUnmatched
            : auxiliary.Switch(load, isClosed) ? ActionResult.Success
            : ActionResult.ReadWriteDenied;
    }

    private static ComposedObject Button(ObjectComposer composer, AuxiliaryLoads auxiliary, int button) => composer.Data(
        $"0-0:94.44.6.{button}",
        (ref AxdrWriter writer) => writer.WriteBitString([auxiliary.Buttons[button - 1]], ButtonBits),
        data =>
        {
            ValueReader reader = new(data);
            ReadOnlySpan<byte> bits = reader.Bits(ButtonBits);
            DataAccessResult result = reader.Complete();
            return result != DataAccessResult.Success ? result
                : auxiliary.TrySetButton(button, bits[0]) ? DataAccessResult.Success
                : DataAccessResult.OtherReason;
        });

    private static byte[] Label(string text) =>
        [(byte)DlmsDataType.OctetString, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static DataAccessResult CheckLabel(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.Octets(0, MaximumLabelOctets);
        return reader.Complete();
    }
}
