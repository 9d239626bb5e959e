using System.Globalization;
using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Duis.Xml;

/// <summary>The formats of commands to the supply and to auxiliary loads: 7.3, 7.5, 7.6, 7.8, 7.9, 7.10.</summary>
internal static class AuxiliaryUpdateFormats
{
    /// <summary>The formats.</summary>
    public static IReadOnlyList<BodyFormat> All { get; } =
    [
        BodyFormat.WithBareResponse<ArmSupply>("7.3", "ArmSupplyRsp", _ => new ArmSupply(), _ => []),
        BodyFormat.WithBareResponse<ActivateAuxiliaryLoad>(
            "7.5",
            "ActivateAuxiliaryLoadRsp",
            element => Load(element, "ActivateALCSHCALCS", (index, load) => new ActivateAuxiliaryLoad(index, Duration(load))),
            body => [Load("ActivateALCSHCALCS", body.Index, body.Duration)]),
        BodyFormat.WithBareResponse<DeactivateAuxiliaryLoad>(
            "7.6",
            "DeactivateAuxiliaryLoadRsp",
            element => Load(element, "DeactivateALCSHCALCS", (index, load) => new DeactivateAuxiliaryLoad(index, Duration(load))),
            body => [Load("DeactivateALCSHCALCS", body.Index, body.Duration)]),
        BodyFormat.WithBareResponse<ResetAuxiliaryLoad>(
            "7.8",
            "ResetAuxiliaryLoadRsp",
            element => Load(element, "ResetALCSHCALCS", (index, _) => new ResetAuxiliaryLoad(index)),
            body => [Load("ResetALCSHCALCS", body.Index, null)]),
        BodyFormat.WithBareResponse<AddAuxiliaryLoadToBoostButton>(
            "7.9",
            "AddAuxiliaryLoadToBoostButtonRsp",
            element =>
            {
                DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
                return new AddAuxiliaryLoadToBoostButton(Loads(element, "AddToBoostButton"), execution);
            },
            body => [.. BodyFormats.ExecutionDateTime(body), .. Loads("AddToBoostButton", body.Loads)]),
        BodyFormat.WithBareResponse<RemoveAuxiliaryLoadFromBoostButton>(
            "7.10",
            "RemoveAuxiliaryLoadFromBoostButtonRsp",
            element =>
            {
                DateTimeOffset? execution = BodyFormats.ExecutionDateTime(element);
                return new RemoveAuxiliaryLoadFromBoostButton(Loads(element, "RemoveFromBoostButton"), execution);
            },
            body => [.. BodyFormats.ExecutionDateTime(body), .. Loads("RemoveFromBoostButton", body.Loads)]),
    ];

    private static T Load<T>(ElementReader element, string name, Func<int, ElementReader, T> make)
    {
        ElementReader load = element.Take(DuisNames.Sr, name).Only("index");
        T request = make(load.Index(AuxiliaryLoadIndex.Last), load);
        load.End();
        return request;
    }

    private static int Duration(ElementReader load) => (int)load.Whole("Duration", 0, ushort.MaxValue);

    private static XElement Load(string name, int index, int? duration) => new(
        DuisNames.Sr + name,
        RequestValues.Index(index),
        duration is { } known ? RequestValues.Number("Duration", known) : null);

    private static ValueList<bool> Loads(ElementReader element, string name)
    {
        ValueList<(int Index, bool IsMeant)> loads = element.Several(
            DuisNames.Sr, name, (AuxiliaryLoadIndex.Last, AuxiliaryLoadIndex.Last),
            load => (load.Index(AuxiliaryLoadIndex.Last), load.Boolean()), "index");
        return loads.Select(load => load.Index).Distinct().Count() == loads.Count
            ? [.. loads.OrderBy(load => load.Index).Select(load => load.IsMeant)]
            : throw element.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"found an index of '{name}' twice; allowed is each from 1 to {AuxiliaryLoadIndex.Last} once"));
    }

    private static IEnumerable<XElement> Loads(string name, ValueList<bool> loads) => loads.Select((isMeant, index) => new XElement(
        DuisNames.Sr + name, RequestValues.Index(index + 1), DuisText.Boolean(isMeant)));
}
