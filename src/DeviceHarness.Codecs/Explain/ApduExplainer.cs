using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Explains one APDU.</summary>
internal static class ApduExplainer
{
    /// <summary>How many APDUs are explained inside one another.</summary>
    public const int MaximumNesting = 4;

    /// <summary>Explains the APDU that the octets start with, its fault, and octets that are left over.</summary>
    public static void Explain(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting = 0)
    {
        if (octets.IsEmpty || nesting > MaximumNesting)
        {
            return;
        }

        ApduReading reading = (ApduTag)octets[0] switch
        {
            ApduTag.Aarq or ApduTag.Aare or ApduTag.Rlrq or ApduTag.Rlre => AssociationExplainer.Explain(writer, octets, offset, nesting),
            ApduTag.InitiateRequest or ApduTag.InitiateResponse or ApduTag.ConfirmedServiceError or ApduTag.ExceptionResponse =>
                AssociationExplainer.ExplainService(writer, octets, offset),
            ApduTag.GetRequest => Get(writer, octets, offset),
            ApduTag.GetResponse => GetAnswer(writer, octets, offset),
            ApduTag.SetRequest => Set(writer, octets, offset),
            ApduTag.SetResponse => SetAnswer(writer, octets, offset),
            ApduTag.ActionRequest => Action(writer, octets, offset),
            ApduTag.ActionResponse => ActionAnswer(writer, octets, offset),
            ApduTag.DataNotification => Push(writer, octets, offset),
            ApduTag.EventNotification => Event(writer, octets, offset),
            ApduTag.GeneralBlockTransfer => Block(writer, octets, offset, nesting),
            _ when CipheredApdu.IsCiphered(octets[0]) => CipheredExplainer.Explain(writer, octets, offset, nesting),
            _ => Unknown(writer, octets, offset),
        };
        if (reading.Status != OperationStatus.Done)
        {
            writer.Line(offset, $"damaged APDU {(ApduTag)octets[0]}: {ExplanationWriter.Hex(octets)}");
            writer.Fault(offset, reading.Fault);
        }
        else if (reading.ConsumedOctets < octets.Length)
        {
            int tail = reading.ConsumedOctets;
            writer.Line(offset + tail, $"octets after the APDU: {ExplanationWriter.Hex(octets[tail..])}");
            writer.Fault(offset, new(CodecFaultKind.TrailingOctets, tail, tail, octets.Length, "IEC 62056-5-3 xDLMS APDU"));
        }
    }

    private static ApduReading Unknown(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        if ((ApduTag)octets[0] is ApduTag.AccessRequest or ApduTag.AccessResponse)
        {
            writer.Line(offset, $"{(ApduTag)octets[0]}, which is not read here: {ExplanationWriter.Hex(octets)}");
            return new(OperationStatus.Done, octets.Length, CodecFault.None);
        }

        writer.Line(offset, $"unknown APDU tag {octets[0]:X2}: {ExplanationWriter.Hex(octets)}");
        writer.Fault(offset, new(CodecFaultKind.UnknownTag, 0, -1, octets[0], "IEC 62056-5-3 xDLMS APDU tags"));
        return new(OperationStatus.Done, octets.Length, CodecFault.None);
    }

    private static ApduReading Get(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = GetRequest.Decode(octets, out GetRequest request, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"get-request {request.Choice}, {request.InvokeId}");
            writer.Enter();
            switch (request.Choice)
            {
                case GetRequestChoice.Normal:
                    Attribute(writer, offset + 3, request.Attribute, request.Selection);
                    writer.Memory.Ask(request.InvokeId, AskedList.One(AskedItem.Of(request.Attribute)));
                    break;
                case GetRequestChoice.Next:
                    writer.Line(offset + 3, $"block {request.BlockNumber} was received");
                    break;
                default:
                    writer.Memory.Ask(
                        request.InvokeId, Attributes(writer, consumed + offset - request.EncodedList.Length, request.EncodedList));
                    break;
            }

            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading GetAnswer(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = GetResponse.Decode(octets, out GetResponse response, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"get-response {response.Choice}, {response.InvokeId}");
            writer.Enter();
            switch (response.Choice)
            {
                case GetResponseChoice.Normal:
                    AnswerExplainer.Result(writer, offset + 3, response.Result, writer.Memory.Asked(response.InvokeId), 0);
                    break;
                case GetResponseChoice.WithDatablock:
                    AnswerExplainer.GetBlock(writer, offset + consumed - response.RawData.Length, response);
                    break;
                default:
                    AnswerExplainer.Results(
                        writer, offset + consumed - response.EncodedList.Length, response.EncodedList,
                        writer.Memory.Asked(response.InvokeId));
                    break;
            }

            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Set(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = SetRequest.Decode(octets, out SetRequest request, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"set-request {request.Choice}, {request.InvokeId}");
            writer.Enter();
            AskedList asked = AskedList.None;
            if (request.Choice is SetRequestChoice.Normal or SetRequestChoice.WithFirstDatablock)
            {
                Attribute(writer, offset + 3, request.Attribute, request.Selection);
                asked = AskedList.One(AskedItem.Of(request.Attribute));
            }
            else if (!request.EncodedList.IsEmpty)
            {
                asked = Attributes(writer, offset + 4, request.EncodedList);
            }

            switch (request.Choice)
            {
                case SetRequestChoice.Normal:
                    ConfidentialValues.Explain(writer, asked.Items[0].IsSecret, request.Data, offset + consumed - request.Data.Length);
                    break;
                case SetRequestChoice.WithList:
                    AnswerExplainer.Values(writer, offset + consumed - request.EncodedValues.Length, request.EncodedValues, asked);
                    break;
                default:
                    if (request.Choice is SetRequestChoice.WithFirstDatablock or SetRequestChoice.WithListAndFirstDatablock)
                    {
                        writer.Memory.BeginLong(ApduTag.SetRequest, asked);
                    }

                    AnswerExplainer.ValueBlock(
                        writer, offset + consumed - request.RawData.Length, ApduTag.SetRequest, request.BlockNumber,
                        request.IsLastBlock, request.RawData);
                    break;
            }

            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading SetAnswer(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = SetResponse.Decode(octets, out SetResponse response, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            string results = string.Join(", ", response.Results.ToArray().Select(result => AnswerExplainer.Name((DataAccessResult)result)));
            string text = response.Choice switch
            {
                SetResponseChoice.Normal => AnswerExplainer.Name(response.Result),
                SetResponseChoice.Datablock => $"block {response.BlockNumber} taken",
                SetResponseChoice.LastDatablock => $"last block {response.BlockNumber} taken, {AnswerExplainer.Name(response.Result)}",
                SetResponseChoice.LastDatablockWithList => $"last block {response.BlockNumber} taken, {results}",
                _ => results,
            };
            writer.Line(offset, $"set-response {response.Choice}, {response.InvokeId}: {text}");
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Action(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = ActionRequest.Decode(octets, out ActionRequest request, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"action-request {request.Choice}, {request.InvokeId}");
            writer.Enter();
            AskedList asked = AskedList.None;
            if (request.Choice is ActionRequestChoice.Normal or ActionRequestChoice.WithFirstPblock)
            {
                asked = AskedList.One(AskedItem.Of(request.Method));
                writer.Line(offset + 3, asked.Items[0].Text);
            }
            else if (!request.EncodedList.IsEmpty)
            {
                asked = Methods(writer, offset + 4, request.EncodedList);
            }

            ActionValues(writer, offset + consumed, request, asked);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading ActionAnswer(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = ActionResponse.Decode(octets, out ActionResponse response, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"action-response {response.Choice}, {response.InvokeId}");
            writer.Enter();
            switch (response.Choice)
            {
                case ActionResponseChoice.Normal:
                    AnswerExplainer.Outcome(writer, offset + 3, response.Outcome);
                    break;
                case ActionResponseChoice.WithPblock:
                    AnswerExplainer.OutcomeBlock(writer, offset + consumed - response.RawData.Length, response);
                    break;
                case ActionResponseChoice.NextPblock:
                    writer.Line(offset + 3, $"block {response.BlockNumber} taken");
                    break;
                default:
                    AxdrReader reader = new(response.EncodedList);
                    int listOffset = offset + consumed - response.EncodedList.Length;
                    for (int itemOffset = 0; ActionOutcome.TryRead(ref reader, out ActionOutcome item); itemOffset = reader.ConsumedOctets)
                    {
                        AnswerExplainer.Outcome(writer, listOffset + itemOffset, item);
                    }

                    break;
            }

            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Push(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = DataNotification.Decode(octets, out DataNotification push, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            writer.Line(offset, $"data-notification, long invoke id {push.LongInvokeId:X8}, time {Moment(push.DateTime)}");
            writer.Enter();
            DataExplainer.Explain(writer, push.Data, offset + consumed - push.Data.Length);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Event(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        OperationStatus status = EventNotification.Decode(octets, out EventNotification happened, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            int dataOffset = offset + consumed - happened.Data.Length;
            writer.Line(offset, $"event-notification-request, time {Moment(happened.Time)}");
            writer.Enter();
            Attribute(writer, dataOffset - CosemAttributeDescriptor.OctetCount, happened.Attribute, default);
            DataExplainer.Explain(writer, happened.Data, dataOffset);
            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static ApduReading Block(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, int nesting)
    {
        OperationStatus status =
            GeneralBlockTransfer.Decode(octets, out GeneralBlockTransfer block, out int consumed, out CodecFault fault);
        if (status == OperationStatus.Done)
        {
            string flags = (block.IsLast ? ", last" : "") + (block.IsStreaming ? ", streaming" : "");
            writer.Line(
                offset,
                $"general-block-transfer block {block.BlockNumber}, acknowledges {block.AcknowledgedBlockNumber}, "
                + $"window {block.WindowBlocks}{flags}");
            writer.Enter();
            bool isWhole = block.IsLast && block.BlockNumber == 1;
            if (isWhole)
            {
                Explain(writer, block.Data, offset + consumed - block.Data.Length, nesting + 1);
            }
            else if (!block.Data.IsEmpty)
            {
                GeneralBlock(writer, block, offset + consumed - block.Data.Length, nesting);
            }

            writer.Leave();
        }

        return new(status, consumed, fault);
    }

    private static void Attribute(ExplanationWriter writer, int offset, CosemAttributeDescriptor attribute, SelectiveAccess selection)
    {
        writer.Line(
            offset,
            $"{CosemNames.Class(attribute.ClassId)}, {attribute.LogicalName}{CosemNames.Object(attribute.LogicalName)}, "
            + CosemNames.Attribute(attribute.ClassId, attribute.AttributeId));
        if (selection.IsPresent)
        {
            writer.Line(offset + CosemAttributeDescriptor.OctetCount, $"selector {selection.Selector}");
            writer.Enter();
            DataExplainer.Explain(writer, selection.Parameters, offset + CosemAttributeDescriptor.OctetCount + 2);
            writer.Leave();
        }
    }

    private static AskedList Attributes(ExplanationWriter writer, int offset, ReadOnlySpan<byte> encodedList)
    {
        AxdrReader reader = new(encodedList);
        List<AskedItem> items = [];
        int itemOffset = 0;
        while (reader.RemainingOctets > 0
            && CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor attribute)
            && SelectiveAccess.TryRead(ref reader, out SelectiveAccess selection))
        {
            Attribute(writer, offset + itemOffset, attribute, selection);
            itemOffset = reader.ConsumedOctets;
            if (items.Count < CaptureMemory.MaximumItems)
            {
                items.Add(AskedItem.Of(attribute));
            }
        }

        return new AskedList(items, IsList: true);
    }

    private static AskedList Methods(ExplanationWriter writer, int offset, ReadOnlySpan<byte> encodedList)
    {
        AxdrReader reader = new(encodedList);
        List<AskedItem> items = [];
        int itemOffset = 0;
        while (reader.RemainingOctets > 0 && CosemMethodDescriptor.TryRead(ref reader, out CosemMethodDescriptor method))
        {
            AskedItem item = AskedItem.Of(method);
            writer.Line(offset + itemOffset, item.Text);
            itemOffset = reader.ConsumedOctets;
            if (items.Count < CaptureMemory.MaximumItems)
            {
                items.Add(item);
            }
        }

        return new AskedList(items, IsList: true);
    }

    private static void ActionValues(ExplanationWriter writer, int end, in ActionRequest request, AskedList asked)
    {
        switch (request.Choice)
        {
            case ActionRequestChoice.Normal when request.Parameter.IsEmpty:
                writer.Line(end - 1, "no parameter");
                break;
            case ActionRequestChoice.Normal:
                ConfidentialValues.Explain(writer, asked.Items[0].IsSecret, request.Parameter, end - request.Parameter.Length);
                break;
            case ActionRequestChoice.NextPblock:
                writer.Line(end - sizeof(uint), $"block {request.BlockNumber} was received");
                break;
            case ActionRequestChoice.WithList:
                AnswerExplainer.Values(writer, end - request.EncodedValues.Length, request.EncodedValues, asked);
                break;
            default:
                if (request.Choice is ActionRequestChoice.WithFirstPblock or ActionRequestChoice.WithListAndFirstPblock)
                {
                    writer.Memory.BeginLong(ApduTag.ActionRequest, asked);
                }

                AnswerExplainer.ValueBlock(
                    writer, end - request.RawData.Length, ApduTag.ActionRequest, request.BlockNumber, request.IsLastBlock,
                    request.RawData);
                break;
        }
    }

    private static void GeneralBlock(ExplanationWriter writer, in GeneralBlockTransfer block, int offset, int nesting)
    {
        byte[] whole = writer.Memory.GeneralBlocks.Add(block, out string note);
        writer.Line(offset, $"part of an APDU, {block.Data.Length} octets, {note}");
        if (whole.Length > 0)
        {
            writer.Line(offset, $"APDU of {whole.Length} octets from general blocks; its offsets count from its own start");
            Explain(writer, whole, 0, nesting + 1);
        }
    }

    private static string Moment(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return "not given";
        }

        bool isMoment = CosemDateTime.Decode(octets, out CosemDateTime moment, out _, out _) == OperationStatus.Done;
        return isMoment ? moment.ToString() : Convert.ToHexString(octets);
    }
}
